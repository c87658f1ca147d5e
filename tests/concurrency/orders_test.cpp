// Many clients want the same thing at the same moment.
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <map>
#include <mutex>
#include <random>
#include <set>

#include "tests/support/proof.hpp"
#include "tests/support/shop.hpp"

namespace wharf::tests {
namespace {

constexpr int kClients = 64;
constexpr int kTwins = 20;
constexpr int kRounds = 200;
constexpr int kLines = 20;

std::string one_more(const std::string& sku) {
    return json::serialize(
        json::object{{"location", "BLR"},
                     {"reason", "found"},
                     {"lines", {{{"sku", sku}, {"quantity", 1}, {"unit_cost", "90.00"}}}}});
}

// The twenty products in an order of its own, each line with these fields.
json::array shuffled(std::mt19937& random, const json::object& fields) {
    json::array lines;
    for (int i = 0; i < kLines; ++i) {
        auto line = fields;
        line["sku"] = "P-" + std::to_string(i);
        lines.push_back(line);
    }
    std::shuffle(lines.begin(), lines.end(), random);
    return lines;
}

std::string shuffled_order(std::mt19937& random) {
    return json::serialize(
        json::object{{"location", "BLR"},
                     {"lines", shuffled(random, {{"quantity", 3}, {"unit_price", "240.00"}})}});
}

std::string shuffled_receipt(std::mt19937& random) {
    return json::serialize(
        json::object{{"location", "BLR"},
                     {"reason", "found"},
                     {"lines", shuffled(random, {{"quantity", 1}, {"unit_cost", "90.00"}})}});
}

TEST(ManyClients, ExactlyOneGetsTheLastUnit) {
    Shop shop;
    shop.product("TEA", 1);
    std::atomic<std::int64_t> reserved{0};
    std::atomic<std::int64_t> waiting{0};
    together(kClients, [&](int i) {
        auto client = shop.client();
        const auto order =
            client.must_post("orders", Shop::order("W-" + std::to_string(i), "TEA", 1));
        reserved += number_at(order, ".lines[0].reserved");
        waiting += number_at(order, ".lines[0].waiting");
    });
    EXPECT_EQ(reserved, 1);
    EXPECT_EQ(waiting, kClients - 1);
    const auto stock = shop.admin().must_get("stock?sku=TEA");
    EXPECT_EQ(number_at(stock, ".items[0].reserved"), 1);
    EXPECT_EQ(number_at(stock, ".items[0].available"), 0);
    shop.close();
}

// Round after round one unit comes in and all want it.
TEST(ManyClients, ExactlyOneGetsTheLastUnitOfEachRoundWhereOrdersBeyondStockAreForbidden) {
    const int rounds = repetitions("WHARF_LAST_UNITS", kRounds);
    Shop shop(R"({"policies":{"orders_beyond_stock_allowed":false}})");
    shop.product("TEA", 1);
    std::vector<std::map<int, int>> answers(static_cast<std::size_t>(rounds));
    std::mutex mutex;
    int round = 0;
    std::barrier all(kClients, [&]() noexcept {
        // The last of a round takes a unit in for the next.
        const auto reply = shop.admin().post("stock/adjustments", one_more("TEA"));
        EXPECT_EQ(reply.status, 201) << reply.body;
        ++round;
    });
    together(kClients, [&](int i) {
        auto client = shop.client();
        for (int n = 0; n < rounds; ++n) {
            const auto name = std::to_string(n) + '-' + std::to_string(i);
            const int status = client.post("orders", Shop::order(name, "TEA", 1)).status;
            {
                const std::lock_guard lock(mutex);
                ++answers[static_cast<std::size_t>(round)][status];
            }
            all.arrive_and_wait();
        }
    });
    for (const auto& of_round : answers) {
        EXPECT_EQ(of_round, (std::map<int, int>{{201, 1}, {409, kClients - 1}}));
    }
    EXPECT_EQ(shop.all("orders").size(), static_cast<std::size_t>(rounds));
    report("last unit", std::to_string(rounds) + " rounds of " + std::to_string(kClients) +
                            " clients, one got it each time");
    shop.close();
}

// Every client wants the same twenty products, each in an order of its own.
TEST(ManyClients, ShuffledDocumentsNeitherBlockNorMiscount) {
    constexpr int kStock = 100;
    Shop shop;
    for (int i = 0; i < kLines; ++i) shop.product("P-" + std::to_string(i), kStock);
    const auto seed = seed_of_proof();
    together(kClients, [&](int i) {
        std::mt19937 random(seed + static_cast<std::uint32_t>(i));
        auto client = shop.client();
        const auto order = client.must_post("orders", shuffled_order(random));
        client.must_post("stock/adjustments", shuffled_receipt(random));
        const auto number = plain_text(order.at("number"));
        if (i % 3 == 0) client.must_post("orders/" + number + "/cancel", "{}");
        if (i % 3 == 1) client.must_post("orders/" + number + "/ship", "{}");
    });
    const auto orders = shop.all("orders");
    EXPECT_EQ(orders.size(), static_cast<std::size_t>(kClients));
    const auto wanted = sum_of_lines(orders, "quantity") - sum_of_lines(orders, "cancelled");
    EXPECT_EQ(sum_of_lines(orders, "shipped") + sum_of_lines(orders, "reserved") +
                  sum_of_lines(orders, "waiting"),
              wanted);
    std::int64_t on_hand = 0;
    for (const auto& item : shop.all("stock")) on_hand += number_at(item, ".on_hand");
    EXPECT_EQ(on_hand, kLines * (kStock + kClients) - sum_of_lines(orders, "shipped"));
    report("shuffled documents", std::to_string(kClients) + " clients, documents of " +
                                     std::to_string(kLines) + " lines, all invariants hold");
    shop.close();
}

// The same placement from many clients, told apart by nothing.
void expect_one_order(Shop& shop, const std::string& body, const std::string& key) {
    std::mutex mutex;
    std::map<int, int> answers;
    std::set<std::string> numbers;
    together(kTwins, [&](int) {
        auto client = shop.client();
        const auto reply = client.post("orders", body, key);
        const std::lock_guard lock(mutex);
        ++answers[reply.status];
        numbers.insert(plain_text(*at_path(reply.json(), ".number")));
    });
    EXPECT_EQ(answers, (std::map<int, int>{{201, 1}, {200, kTwins - 1}}));
    EXPECT_EQ(numbers.size(), 1U);
    EXPECT_EQ(shop.all("orders").size(), 1U);
    EXPECT_EQ(number_at(shop.admin().must_get("stock?sku=TEA"), ".items[0].reserved"), 2);
}

TEST(ManyClients, IdenticalPlacementsByReferenceAreOneOrder) {
    Shop shop;
    shop.product("TEA", 100);
    expect_one_order(shop, Shop::order("WEB-1", "TEA", 2), "");
    shop.close();
}

TEST(ManyClients, IdenticalPlacementsByIdempotencyKeyAreOneOrder) {
    Shop shop;
    shop.product("TEA", 100);
    expect_one_order(shop, Shop::order("", "TEA", 2), "key-1");
    shop.close();
}

TEST(ManyClients, NumbersAreGivenOutOnceAndWithoutHoles) {
    Shop shop;
    shop.product("TEA", 1000);
    constexpr int kEach = 5;
    together(16, [&](int i) {
        auto client = shop.client();
        for (int n = 0; n < kEach; ++n) {
            client.must_post("orders", Shop::order(std::to_string(i * kEach + n), "TEA", 1));
            client.post("orders", Shop::order("refused", "CAKE", 1));
        }
    });
    std::set<std::string> numbers;
    for (const auto& order : shop.all("orders")) numbers.insert(plain_text(order.at("number")));
    EXPECT_EQ(numbers.size(), 80U);
    EXPECT_EQ(*numbers.begin(), "SO-000001");
    EXPECT_EQ(*numbers.rbegin(), "SO-000080");
    shop.close();
}

}  // namespace
}  // namespace wharf::tests
