// Many clients do the same step of one transfer at the same moment, and the power goes between its
// steps.
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>

#include "tests/support/shop.hpp"

namespace wharf::tests {
namespace {

constexpr int kClients = 32;

// Two warehouses without a GSTIN, forty tea in one of them, and stn switched on.
class Warehouses : public Shop {
public:
    Warehouses() {
        product("TEA", 40);
        admin().must_put("locations/DEL", R"({"name":"Delhi","kind":"warehouse"})");
        auto platform = platform_client();
        platform.must_put("plugins/stn", R"({"enabled":true,"reason":"concurrency test"})");
    }

    std::string draft(int quantity) {
        const auto transfer = admin().must_post(
            "plugins/stn/transfers",
            json::serialize(json::object{{"source", "BLR"},
                                         {"destination", "DEL"},
                                         {"lines", {{{"sku", "TEA"}, {"quantity", quantity}}}}}));
        return plain_text(transfer.at("number"));
    }
    std::string approved(int quantity) {
        auto number = draft(quantity);
        admin().must_post(step(number, "approve"), "{}");
        return number;
    }
    std::string dispatched(int quantity) {
        auto number = approved(quantity);
        admin().must_post(step(number, "dispatch"), "{}");
        return number;
    }
    static std::string step(const std::string& number, const std::string& name) {
        return "plugins/stn/transfers/" + number + "/" + name;
    }

    // The same step from many clients: how often each status and code came.
    std::map<std::string, int> all_at_once(const std::string& path, const std::string& body) {
        std::mutex mutex;
        std::map<std::string, int> answers;
        together(kClients, [&](int) {
            auto client = this->client();
            const auto reply = client.post(path, body);
            auto answer = std::to_string(reply.status);
            if (reply.status >= 400) answer += " " + plain_text(reply.json().at("code"));
            const std::lock_guard lock(mutex);
            ++answers[answer];
        });
        return answers;
    }
    std::int64_t on_hand(const std::string& location) {
        const auto stock = admin().must_get("stock?sku=TEA&location=" + location);
        return stock.at("items").as_array().empty() ? 0 : number_at(stock, ".items[0].on_hand");
    }
};

using Answers = std::map<std::string, int>;

TEST(Transfers, OneOfManyDispatchesWins) {
    Warehouses shop;
    const auto number = shop.approved(10);
    EXPECT_EQ(shop.all_at_once(Warehouses::step(number, "dispatch"), "{}"),
              (Answers{{"200", 1}, {"409 already_dispatched", kClients - 1}}));
    EXPECT_EQ(shop.on_hand("BLR"), 30);
    const auto documents = shop.admin().must_get("plugins/stn/transfers/" + number);
    EXPECT_EQ(documents.at("documents").as_array().size(), 1U);
    shop.close();
}

TEST(Transfers, OneOfManyReceiptsGetsTheLastUnits) {
    Warehouses shop;
    const auto number = shop.dispatched(10);
    EXPECT_EQ(shop.all_at_once(Warehouses::step(number, "receive"),
                               R"({"lines":[{"line":1,"quantity":10}]})"),
              (Answers{{"200", 1}, {"409 nothing_in_transit", kClients - 1}}));
    EXPECT_EQ(shop.on_hand("DEL"), 10);
    shop.close();
}

TEST(Transfers, ReceiptsInPartsTakeExactlyWhatIsOnTheWay) {
    Warehouses shop;
    const auto number = shop.dispatched(20);
    const auto answers = shop.all_at_once(Warehouses::step(number, "receive"),
                                          R"({"lines":[{"line":1,"quantity":3}]})");
    EXPECT_EQ(answers.at("200"), 6);
    EXPECT_EQ(answers.at("409 exceeds_in_transit"), kClients - 6);
    EXPECT_EQ(shop.on_hand("DEL"), 18);
    shop.close();
}

TEST(Transfers, TheSameStockIsApprovedForOneTransferOnly) {
    Warehouses shop;
    std::vector<std::string> drafts;
    for (int i = 0; i < kClients; ++i) drafts.push_back(shop.draft(15));
    std::atomic<int> taken{0};
    together(kClients, [&](int i) {
        auto client = shop.client();
        const auto reply =
            client.post(Warehouses::step(drafts[static_cast<std::size_t>(i)], "approve"), "{}");
        if (reply.status == 200) ++taken;
    });
    EXPECT_EQ(taken, 2);
    EXPECT_EQ(number_at(shop.admin().must_get("stock?sku=TEA&location=BLR"), ".items[0].reserved"),
              30);
    shop.close();
}

TEST(Transfers, ADifferenceIsResolvedOnce) {
    Warehouses shop;
    const auto number = shop.dispatched(5);
    shop.admin().must_post(Warehouses::step(number, "receive"),
                           R"({"lines":[{"line":1,"quantity":3,"missing":2}]})");
    EXPECT_EQ(shop.all_at_once(Warehouses::step(number, "resolve"),
                               R"({"difference":1,"outcome":"lost","reason":"crushed"})"),
              (Answers{{"200", 1}, {"409 already_resolved", kClients - 1}}));
    shop.close();
}

// Each client carries its own transfers from draft to receipt, again with the same key where the
// host went away.
class Carrier {
public:
    Carrier(Shop& shop, int id) : shop_(shop), id_(id) {}

    void work(int transfers, std::atomic<int>& steps) {
        auto client = shop_.client();
        try {
            while (done_ < transfers) {
                take_step(client);
                ++steps;
            }
        } catch (const NoReply&) {
            return;
        }
    }

private:
    void take_step(Client& client) {
        const auto key =
            std::to_string(id_) + "-" + std::to_string(done_) + "-" + std::to_string(step_);
        static const char* const kSteps[] = {"", "approve", "dispatch", "receive"};
        const auto path = step_ == 0 ? std::string("plugins/stn/transfers")
                                     : Warehouses::step(number_, kSteps[step_]);
        const auto* body =
            step_ == 0
                ? R"({"source":"BLR","destination":"DEL","lines":[{"sku":"TEA","quantity":1}]})"
            : step_ == 3 ? R"({"lines":[{"line":1,"quantity":1}]})"
                         : "{}";
        const auto reply = client.post(path, body, key);
        if (reply.status != 200 && reply.status != 201) {
            ADD_FAILURE() << path << ' ' << reply.status << ' ' << reply.body;
            throw NoReply("gives up");
        }
        if (step_ == 0) number_ = plain_text(reply.json().at("number"));
        if (++step_ == 4) {
            step_ = 0;
            ++done_;
        }
    }

    Shop& shop_;
    int id_;
    int done_ = 0;
    int step_ = 0;
    std::string number_;
};

TEST(Transfers, NothingIsLostOrDoubledWhenTheHostIsKilledBetweenTheSteps) {
    constexpr int kCarriers = 4;
    constexpr int kEach = 10;
    constexpr int kCrashes = 3;
    Warehouses shop;
    std::vector<Carrier> carriers;
    for (int i = 0; i < kCarriers; ++i) carriers.emplace_back(shop, i);
    std::atomic<int> steps{0};
    for (int crash = 1; crash <= kCrashes; ++crash) {
        std::vector<std::thread> threads;
        std::atomic<int> working = kCarriers;
        for (auto& carrier : carriers) {
            threads.emplace_back([&] {
                carrier.work(kEach, steps);
                --working;
            });
        }
        const int until = crash * kCarriers * kEach * 4 / (kCrashes + 1);
        while (steps < until && working > 0) std::this_thread::yield();
        shop.host().kill();
        for (auto& thread : threads) thread.join();
        shop.host().start();
        shop.reconnect();
        expect_verified(shop.admin());
    }
    together(kCarriers, [&](int i) { carriers[static_cast<std::size_t>(i)].work(kEach, steps); });
    EXPECT_EQ(shop.on_hand("BLR"), 0);
    EXPECT_EQ(shop.on_hand("DEL"), kCarriers * kEach);
    EXPECT_EQ(shop.all("transfers").size(), static_cast<std::size_t>(kCarriers * kEach));
    shop.close();
}

}  // namespace
}  // namespace wharf::tests
