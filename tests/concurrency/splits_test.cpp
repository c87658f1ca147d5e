// Many clients distribute one purchase order at the same moment, and goods come while it is
// distributed anew.
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>

#include "tests/support/shop.hpp"

namespace wharf::tests {
namespace {

constexpr int kClients = 32;
constexpr int kUnits = 100;

using Answers = std::map<std::string, int>;

std::string answer_of(const HttpReply& reply) {
    auto answer = std::to_string(reply.status);
    if (reply.status >= 400) answer += " " + plain_text(reply.json().at("code"));
    return answer;
}

// Three places, tea, and split_delivery switched on.
class Places : public Shop {
public:
    Places() {
        product("TEA", 0);
        admin().must_put("locations/DEL", R"({"name":"Delhi","kind":"warehouse"})");
        admin().must_put("locations/MUM", R"({"name":"Mumbai","kind":"warehouse"})");
        platform_client().must_put("plugins/split_delivery",
                                   R"({"enabled":true,"reason":"concurrency test"})");
    }

    std::string order() {
        const auto made = admin().must_post(
            "purchase-orders",
            json::serialize(json::object{{"vendor", "V1"},
                                         {"ship_to", "BLR"},
                                         {"lines", {{{"sku", "TEA"}, {"quantity", kUnits}}}}}));
        return plain_text(made.at("number"));
    }
    // So many for Bengaluru, the rest for Delhi.
    static std::string rows(int bengaluru, std::int64_t version = 0) {
        json::array list;
        if (bengaluru > 0) list.push_back(row("BLR", bengaluru));
        if (bengaluru < kUnits) list.push_back(row("DEL", kUnits - bengaluru));
        json::object body{{"rows", std::move(list)}};
        if (version > 0) body["version"] = version;
        return json::serialize(body);
    }
    static std::string path(const std::string& number, const std::string& step) {
        return "plugins/split_delivery/purchase-orders/" + number + "/" + step;
    }
    std::string split(int bengaluru) {
        auto number = order();
        admin().must_post(path(number, "split"), rows(bengaluru));
        return number;
    }
    std::string approved(int bengaluru) {
        auto number = split(bengaluru);
        admin().must_post("purchase-orders/" + number + "/approve", "{}");
        return number;
    }
    std::int64_t version(const std::string& number) {
        return number_at(admin().must_get("plugins/split_delivery/purchase-orders/" + number),
                         ".version");
    }
    // The leg for a place, as its parent shows it.
    json::value leg(const std::string& number, std::string_view location) {
        const auto parent = admin().must_get("purchase-orders/" + number);
        for (const auto& leg : parent.at("legs").as_array()) {
            if (plain_text(leg.at("location")) == location) return leg;
        }
        return nullptr;
    }
    std::int64_t carried(const std::string& number, std::string_view location) {
        const auto found = leg(number, location);
        return found.is_null() ? 0 : number_at(found, ".quantity");
    }
    static std::string receipt(const std::string& order, const char* location, int quantity) {
        return json::serialize(json::object{{"purchase_order", order},
                                            {"location", location},
                                            {"lines", {{{"sku", "TEA"}, {"quantity", quantity}}}}});
    }

private:
    static json::object row(const char* location, int quantity) {
        return {{"sku", "TEA"}, {"location", location}, {"quantity", quantity}};
    }
};

TEST(Splits, OneOfManyOfTheSameOrderWins) {
    Places shop;
    const auto number = shop.order();
    std::mutex mutex;
    Answers answers;
    together(kClients, [&](int i) {
        auto client = shop.client();
        const auto reply = client.post(Places::path(number, "split"), Places::rows(1 + i));
        const std::lock_guard lock(mutex);
        ++answers[answer_of(reply)];
    });
    EXPECT_EQ(answers, (Answers{{"200", 1}, {"409 split_delivery.already_split", kClients - 1}}));
    EXPECT_EQ(shop.admin().must_get("purchase-orders/" + number).at("legs").as_array().size(), 2U);
    EXPECT_EQ(shop.carried(number, "BLR") + shop.carried(number, "DEL"), kUnits);
    shop.close();
}

TEST(Splits, OneOfManyRedistributionsFromOneLookWinsAndTheOthersAreToldWhy) {
    Places shop;
    const auto number = shop.split(50);
    const auto looked = shop.version(number);
    std::mutex mutex;
    Answers answers;
    int winner = -1;
    together(kClients, [&](int i) {
        auto client = shop.client();
        const auto reply =
            client.post(Places::path(number, "redistribute"), Places::rows(i, looked));
        const std::lock_guard lock(mutex);
        ++answers[answer_of(reply)];
        if (reply.status == 200) winner = i;
    });
    EXPECT_EQ(answers,
              (Answers{{"200", 1}, {"409 split_delivery.distribution_changed", kClients - 1}}));
    EXPECT_EQ(shop.carried(number, "BLR"), winner);
    EXPECT_EQ(shop.carried(number, "DEL"), kUnits - winner);
    shop.close();
}

// The goods of a leg come at the moment when all that it has is sent elsewhere.
TEST(Splits, OfARedistributionAndAReceiptOfTheLegOneWins) {
    constexpr int kRounds = 20;
    Places shop;
    int receipts = 0;
    for (int round = 0; round < kRounds; ++round) {
        const auto number = shop.approved(60);
        const auto looked = shop.version(number);
        const auto delhi = plain_text(shop.leg(number, "DEL").at("number"));
        std::string redistributed;
        std::string received;
        together(2, [&](int i) {
            auto client = shop.client();
            // Each begins first in every other round.
            if ((i + round) % 2 == 0) {
                redistributed = answer_of(client.post(Places::path(number, "redistribute"),
                                                      Places::rows(kUnits, looked)));
            } else {
                received = answer_of(client.post("receipts", Places::receipt(delhi, "DEL", 40)));
            }
        });
        if (received == "201") {
            ++receipts;
            EXPECT_EQ(redistributed, "409 split_delivery.distribution_changed");
            EXPECT_EQ(number_at(shop.leg(number, "DEL"), ".received"), 40);
            EXPECT_EQ(shop.carried(number, "BLR"), 60);
        } else {
            EXPECT_EQ(received, "409 purchase_order_cancelled");
            EXPECT_EQ(redistributed, "200");
            EXPECT_EQ(shop.carried(number, "BLR"), kUnits);
        }
    }
    const auto stock = shop.admin().must_get("stock?sku=TEA&location=DEL");
    const auto on_hand = receipts == 0 ? 0 : number_at(stock, ".items[0].on_hand");
    EXPECT_EQ(on_hand, 40 * receipts);
    shop.close();
}

// Two warehouses receive one by one while two planners keep moving what is still to come.
TEST(Splits, ReceivedAndRedistributedAtOnceNothingIsLost) {
    constexpr int kReceived = 25;
    Places shop;
    const auto number = shop.approved(50);
    std::atomic<int> moved{0};
    together(4, [&](int i) {
        auto client = shop.client();
        if (i < 2) {
            const auto* place = i == 0 ? "BLR" : "DEL";
            const auto leg = plain_text(shop.client()
                                            .must_get("purchase-orders/" + number)
                                            .at("legs")
                                            .at(static_cast<std::size_t>(i))
                                            .at("number"));
            for (int n = 0; n < kReceived; ++n) {
                client.expect(201, client.post("receipts", Places::receipt(leg, place, 1)));
            }
            return;
        }
        for (int n = 0; n < 40; ++n) {
            const auto looked = number_at(
                client.must_get("plugins/split_delivery/purchase-orders/" + number), ".version");
            // At least what the warehouses still want to receive stays where it is.
            const auto reply = client.post(Places::path(number, "redistribute"),
                                           Places::rows(n % 2 == 0 ? 40 : 60, looked));
            if (reply.status == 200) {
                ++moved;
            } else {
                EXPECT_EQ(answer_of(reply), "409 split_delivery.distribution_changed");
            }
        }
    });
    EXPECT_GT(moved, 0);
    EXPECT_EQ(number_at(shop.leg(number, "BLR"), ".received"), kReceived);
    EXPECT_EQ(number_at(shop.leg(number, "DEL"), ".received"), kReceived);
    EXPECT_EQ(shop.carried(number, "BLR") + shop.carried(number, "DEL"), kUnits);
    shop.close();
}

// Sends what backorder_po ordered to two other places, evenly, with the versions it just saw.
int send_elsewhere(Client& client, const char* one, const char* other) {
    int moved = 0;
    const auto list = client.must_get("purchase-orders?source=backorder_po");
    for (const auto& order : list.at("items").as_array()) {
        if (order.at("legs").as_array().empty()) continue;
        const json::object body{{"version", order.at("version")},
                                {"rule", "even"},
                                {"locations", {{{"location", one}}, {{"location", other}}}}};
        const auto path = Places::path(plain_text(order.at("number")), "redistribute");
        const auto answer = answer_of(client.post(path, json::serialize(body)));
        if (answer == "200") {
            ++moved;
        } else {
            EXPECT_EQ(answer, "409 split_delivery.distribution_changed");
        }
    }
    return moved;
}

// Orders come in for three places, a planner gathers them under one parent, and people send what it
// ordered elsewhere all the while: in the end every need is covered, each by one unit.
TEST(Splits, WithBackordersNoNeedIsOrderedTwice) {
    constexpr int kSellers = 6;
    constexpr int kPlanners = 2;
    constexpr int kRounds = 10;
    static const char* const kPlaces[] = {"BLR", "DEL", "MUM"};
    Places shop;
    shop.platform_client().must_put(
        "plugins/backorder_po",
        R"({"enabled":true,"reason":"concurrency test","config":{"mode":"immediate","consolidate":"vendor"}})");
    int moved_in_peace = 0;
    for (int round = 0; round < kRounds; ++round) {
        const auto* one = kPlaces[round % 3];
        const auto* other = kPlaces[(round + 1) % 3];
        together(kSellers + kPlanners, [&](int i) {
            auto client = shop.client();
            if (i >= kSellers) {
                send_elsewhere(client, one, other);
                return;
            }
            client.must_post(
                "orders",
                json::serialize(json::object{
                    {"location", kPlaces[i % 3]},
                    {"lines", {{{"sku", "TEA"}, {"quantity", 1 + i}, {"unit_price", "240.00"}}}}}));
        });
        // The parent of a busy hour changes with every order: nobody comes between this one.
        moved_in_peace += send_elsewhere(shop.admin(), one, other);
    }
    EXPECT_GE(moved_in_peace, kRounds);
    shop.admin().must_post("plugins/backorder_po/runs", "{}");
    EXPECT_EQ(shop.pegged_by_line(), shop.waiting_by_line());
    const auto again = shop.admin().must_post("plugins/backorder_po/runs", "{}");
    EXPECT_EQ(number_at(again, ".quantity"), 0);
    shop.close();
}

// While orders keep coming in, each of which changes the parent, people send what it ordered
// elsewhere: by a rule and by moves, which are right whatever came meanwhile. Nobody is told to
// look again.
TEST(Splits, UnderSteadyIntakeWhoRedistributesSucceeds) {
    constexpr int kSellers = 6;
    constexpr int kPlanners = 2;
    constexpr int kTimes = 15;
    static const char* const kPlaces[] = {"BLR", "DEL", "MUM"};
    Places shop;
    shop.platform_client().must_put(
        "plugins/backorder_po",
        R"({"enabled":true,"reason":"concurrency test","config":{"mode":"immediate","consolidate":"vendor"}})");
    const auto sell = [&](Client& client, const char* place, int quantity) {
        client.must_post(
            "orders",
            json::serialize(json::object{
                {"location", place},
                {"lines", {{{"sku", "TEA"}, {"quantity", quantity}, {"unit_price", "240.00"}}}}}));
    };
    for (const auto* place : kPlaces) sell(shop.admin(), place, 100);
    std::string parent;
    const auto list = shop.admin().must_get("purchase-orders?source=backorder_po");
    for (const auto& order : list.at("items").as_array()) {
        if (!order.at("legs").as_array().empty()) parent = plain_text(order.at("number"));
    }
    ASSERT_FALSE(parent.empty());
    const auto path = Places::path(parent, "redistribute");
    std::atomic<int> planning{kPlanners};
    std::atomic<int> sold{0};
    together(kSellers + kPlanners, [&](int i) {
        auto client = shop.client();
        if (i < kSellers) {
            while (planning > 0) {
                sell(client, kPlaces[i % 3], 1);
                ++sold;
            }
            return;
        }
        for (int n = 0; n < kTimes; ++n) {
            // One after the other: to Delhi and back, and now and then all of it evenly.
            const bool there = n % 2 == 0;
            const auto moved = client.post(
                path, json::serialize(json::object{{"moves",
                                                    {{{"sku", "TEA"},
                                                      {"quantity", 3},
                                                      {"from", there ? "MUM" : "DEL"},
                                                      {"to", there ? "DEL" : "MUM"}}}}}));
            EXPECT_EQ(answer_of(moved), "200");
            if (n % 5 != 0) continue;
            const auto shared = client.post(
                path, R"({"rule":"even","locations":[{"location":"BLR"},{"location":"DEL"},)"
                      R"({"location":"MUM"}]})");
            EXPECT_EQ(answer_of(shared), "200");
        }
        --planning;
    });
    EXPECT_GT(sold, kTimes);
    shop.admin().must_post("plugins/backorder_po/runs", "{}");
    EXPECT_EQ(shop.pegged_by_line(), shop.waiting_by_line());
    shop.close();
}

}  // namespace
}  // namespace wharf::tests
