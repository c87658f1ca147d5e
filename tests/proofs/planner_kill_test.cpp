// The planner is killed at any point of its work and asked again; what it is asked and the goods
// that arrive are delivered twice. Each need is covered exactly once.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "tests/support/proof.hpp"
#include "tests/support/shop.hpp"

namespace wharf::tests {
namespace {

constexpr int kProducts = 12;
constexpr int kRunners = 4;
constexpr int kOrdersEachRound = 3;
constexpr int kRoundsPerArrival = 5;
// Past it a new account begins, so that a round stays short.
constexpr int kKillsPerAccount = 50;
// A run takes a few milliseconds: the kill falls before, in and after it.
constexpr int kKillMicrosecondsMax = 12'000;

class PlannerRounds {
public:
    PlannerRounds(Shop& shop, std::uint32_t seed, const std::string& account)
        : shop_(shop), random_(seed) {
        shop_.another(account);
        for (int i = 0; i < kProducts; ++i) shop_.product(sku(i), 0);
        shop_.backorder_po(true, "suggest_only");
    }

    void round(int n) {
        ordered_ += place_orders(n);
        const auto run = "run-" + std::to_string(n);
        killed_while([&](int i) { deliver("plugins/backorder_po/runs", "{}", run, i); });
        expect_same_twice("plugins/backorder_po/runs", "{}", run);
        const auto nothing = shop_.admin().must_post("plugins/backorder_po/runs", "{}");
        EXPECT_EQ(number_at(nothing, ".quantity"), 0) << "a need was left, or is bought twice";
        expect_covered_once();
        if (n % kRoundsPerArrival == kRoundsPerArrival - 1) arrive(n);
    }

private:
    static std::string sku(int n) { return "P-" + std::to_string(n % kProducts); }

    int up_to(int max) { return std::uniform_int_distribution(1, max)(random_); }

    int place_orders(int n) {
        int ordered = 0;
        for (int i = 0; i < kOrdersEachRound; ++i) {
            const int quantity = up_to(5);
            const auto reference = std::to_string(n) + "-" + std::to_string(i);
            shop_.admin().must_post("orders", Shop::order(reference, sku(up_to(100)), quantity));
            ordered += quantity;
        }
        return ordered;
    }

    // Runners work, the host dies somewhere in it and starts again.
    template <class Work>
    void killed_while(const Work& work) {
        std::vector<std::thread> threads;
        for (int i = 0; i < kRunners; ++i) {
            threads.emplace_back([&work, i] { work(i); });
        }
        std::this_thread::sleep_for(std::chrono::microseconds(up_to(kKillMicrosecondsMax)));
        shop_.host().kill();
        for (auto& thread : threads) thread.join();
        shop_.host().start();
        shop_.reconnect();
    }

    // Two runners share a key: what they send is one request, delivered twice.
    void deliver(const std::string& path, const std::string& body, const std::string& key, int i) {
        try {
            shop_.client().post(path, body, key + '-' + std::to_string(i / 2));
        } catch (const NoReply&) {
            return;
        }
    }

    void expect_same_twice(const std::string& path, const std::string& body,
                           const std::string& key) {
        for (int i = 0; i < kRunners / 2; ++i) {
            const auto name = key + '-' + std::to_string(i);
            const auto first = shop_.admin().post(path, body, name);
            const auto second = shop_.admin().post(path, body, name);
            EXPECT_EQ(second.status, 200) << second.body;
            EXPECT_EQ(second.header("idempotent-replayed"), "true");
            EXPECT_EQ(first.body, second.body);
        }
    }

    void expect_covered_once() {
        EXPECT_EQ(shop_.pegged_by_line(), shop_.waiting_by_line());
        EXPECT_EQ(sum_of_lines(shop_.all("purchase-orders"), "quantity"), ordered_);
        expect_verified(shop_.admin());
    }

    // All that was bought comes in, each delivery announced twice, with a kill in between.
    void arrive(int n) {
        std::vector<std::string> receipts;
        for (const auto& order : shop_.all("purchase-orders")) {
            if (plain_text(order.at("status")) != "draft") continue;
            const auto number = plain_text(order.at("number"));
            shop_.admin().must_post("purchase-orders/" + number + "/submit", "{}");
            shop_.admin().must_post("purchase-orders/" + number + "/approve", "{}");
            receipts.push_back(receipt_of(order));
        }
        for (std::size_t i = 0; i < receipts.size(); ++i) {
            const auto key = "goods-" + std::to_string(n) + '-' + std::to_string(i);
            killed_while([&](int) { deliver("receipts", receipts[i], key, 0); });
            shop_.admin().must_post("receipts", receipts[i], key + "-0");
        }
        const auto orders = shop_.all("purchase-orders");
        EXPECT_EQ(sum_of_lines(orders, "received"), ordered_);
        EXPECT_EQ(sum_of_lines(orders, "excess"), 0);
        EXPECT_EQ(sum_of_lines(shop_.all("orders"), "reserved"), ordered_);
        expect_verified(shop_.admin());
    }

    static std::string receipt_of(const json::value& order) {
        json::array lines;
        for (const auto& line : order.at("lines").as_array()) {
            lines.push_back({{"purchase_order_line", line.at("line")},
                             {"sku", line.at("sku")},
                             {"quantity", line.at("quantity")},
                             {"unit_cost", "100.00"}});
        }
        return json::serialize(json::object{
            {"purchase_order", order.at("number")}, {"location", "BLR"}, {"lines", lines}});
    }

    Shop& shop_;
    std::mt19937 random_;
    std::int64_t ordered_ = 0;
};

TEST(PlannerKills, CoverEachNeedOnce) {
    const int kills = repetitions("WHARF_PLANNER_KILLS", 15);
    const auto seed = seed_of_proof();
    Shop shop;
    for (int done = 0; done < kills && !HasFailure();) {
        PlannerRounds rounds(shop, seed + static_cast<std::uint32_t>(done),
                             "life-" + std::to_string(done));
        for (int n = 0; n < kKillsPerAccount && done < kills && !HasFailure(); ++n, ++done) {
            rounds.round(n);
        }
    }
    report("planner", std::to_string(kills) + " kills in runs, each need covered once");
    shop.close();
}

// The same words as key are another key with another API key, another operation and another
// account, before and after a kill; with another request they are refused.
TEST(Keys, AreToldApartByApiKeyOperationAndAccount) {
    Shop shop;
    shop.product("TEA", 100);
    const auto first = shop.admin().another();
    const auto body = Shop::order("", "TEA", 2);
    const std::string purchase =
        R"({"vendor":"V1","ship_to":"BLR","lines":[{"sku":"TEA","quantity":2}]})";
    const auto second =
        make_key(shop.host().url(), shop.host().platform_key(), "acme", "two", "admin");
    shop.another("other").product("TEA", 100);
    const auto third = shop.admin().another();

    std::vector<std::string> replies;
    const auto send_all = [&](int status) {
        const auto at = [&](const Client& known) {
            return shop.client(known.account(), known.key());
        };
        replies.clear();
        for (const auto& [path, text] :
             {std::pair{"orders", body}, std::pair{"purchase-orders", purchase}}) {
            for (const auto* known : {&first, &second, &third}) {
                const auto reply = at(*known).post(path, text, "the-same-words");
                EXPECT_EQ(reply.status, status) << reply.body;
                replies.push_back(reply.body);
            }
        }
        for (const auto& account : {"acme", "other"}) {
            const auto reply = shop.client(account, shop.host().platform_key())
                                   .post("orders", body, "the-same-words");
            EXPECT_EQ(reply.status, status) << reply.body;
            replies.push_back(reply.body);
        }
        const auto other_order = Shop::order("", "TEA", 3);
        const auto reply = at(first).post("orders", other_order, "the-same-words");
        EXPECT_EQ(reply.status, 422) << reply.body;
        EXPECT_EQ(plain_text(reply.json().at("code")), "idempotency_key_reused");
    };
    send_all(201);
    const auto made = replies;
    shop.host().kill();
    shop.host().start();
    send_all(200);
    EXPECT_EQ(replies, made);

    // Another document is another request.
    auto client = shop.client(first.account(), first.key());
    const std::string amend = R"({"lines":[{"line":1,"quantity":1}]})";
    EXPECT_EQ(client.post("orders/SO-000001/amend", amend, "amend").status, 200);
    EXPECT_EQ(client.post("orders/SO-000002/amend", amend, "amend").status, 422);

    EXPECT_EQ(client.must_get("orders").at("items").as_array().size(), 3U);
    EXPECT_EQ(client.must_get("purchase-orders").at("items").as_array().size(), 2U);
    expect_verified(client);
    shop.reconnect();
    shop.close();
}

}  // namespace
}  // namespace wharf::tests
