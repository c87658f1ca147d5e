// Many clients want the same thing at the same moment.
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <mutex>
#include <set>

#include "tests/concurrency/shop.hpp"

namespace wharf::tests {
namespace {

constexpr int kClients = 64;
constexpr int kTwins = 20;

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

TEST(ManyClients, ExactlyOneOrderIsTakenWhereOrdersBeyondStockAreForbidden) {
    Shop shop(R"({"policies":{"orders_beyond_stock_allowed":false}})");
    shop.product("TEA", 1);
    std::mutex mutex;
    std::map<int, int> answers;
    together(kClients, [&](int i) {
        auto client = shop.client();
        const int status =
            client.post("orders", Shop::order("W-" + std::to_string(i), "TEA", 1)).status;
        const std::lock_guard lock(mutex);
        ++answers[status];
    });
    EXPECT_EQ(answers, (std::map<int, int>{{201, 1}, {409, kClients - 1}}));
    EXPECT_EQ(shop.all("orders").size(), 1U);
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
