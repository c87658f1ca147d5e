// The planner asked from many sides at once, and switched while orders come in.
#include <gtest/gtest.h>

#include <atomic>

#include "tests/support/shop.hpp"

namespace wharf::tests {
namespace {

constexpr int kOrders = 50;
constexpr int kLinesEach = 10;  // together 500 waiting lines
constexpr int kRunners = 16;
constexpr int kProducts = 20;

std::string sku(int i) {
    return "P-" + std::to_string(i % kProducts);
}

std::string big_order(int number) {
    json::array lines;
    for (int line = 0; line < kLinesEach; ++line) {
        lines.push_back(
            {{"sku", sku(number + line)}, {"quantity", 1 + line % 3}, {"unit_price", "1.00"}});
    }
    return json::serialize(json::object{
        {"reference", "W-" + std::to_string(number)}, {"location", "BLR"}, {"lines", lines}});
}

void expect_each_need_covered_once(Shop& shop) {
    EXPECT_EQ(shop.pegged_by_line(), shop.waiting_by_line());
}

TEST(ManyRuns, CoverEachOfFiveHundredWaitingLinesOnce) {
    Shop shop;
    for (int i = 0; i < kProducts; ++i) shop.product(sku(i), 0);
    shop.backorder_po(true, "suggest_only");
    for (int i = 0; i < kOrders; ++i) shop.admin().must_post("orders", big_order(i));

    std::atomic<std::int64_t> bought{0};
    together(kRunners, [&](int) {
        auto client = shop.client();
        bought += number_at(client.must_post("plugins/backorder_po/runs", "{}"), ".quantity");
    });
    const auto ordered = sum_of_lines(shop.all("orders"), "quantity");
    const auto purchase_orders = shop.all("purchase-orders");
    EXPECT_EQ(sum_of_lines(purchase_orders, "quantity"), ordered);
    EXPECT_EQ(sum_of_lines(purchase_orders, "pegged"), ordered);
    EXPECT_EQ(bought, ordered);
    EXPECT_EQ(purchase_orders.size(), 1U);
    expect_each_need_covered_once(shop);
    shop.close();
}

TEST(ManyRuns, AndReactionsOfConcurrentOrdersBuyEachNeedOnce) {
    Shop shop;
    for (int i = 0; i < kProducts; ++i) shop.product(sku(i), 3);
    shop.backorder_po(true, "immediate");
    together(kRunners, [&](int i) {
        auto client = shop.client();
        for (int n = 0; n < 3; ++n) {
            client.must_post("orders", big_order(i * 3 + n));
            client.must_post("plugins/backorder_po/runs", "{}");
        }
    });
    EXPECT_EQ(sum_of_lines(shop.all("purchase-orders"), "quantity"),
              sum_of_lines(shop.all("orders"), "waiting"));
    expect_each_need_covered_once(shop);
    shop.close();
}

std::int64_t purchased(Shop& shop) {
    return sum_of_lines(shop.all("purchase-orders"), "quantity");
}

// While it is off nothing of the plugin commits, however many orders come in; switched on it
// catches up.
TEST(Switching, UnderLoadNothingIsBoughtOnceOffIsAcknowledged) {
    Shop shop;
    shop.product("TEA", 0);
    shop.backorder_po(true, "immediate");
    std::atomic<bool> done{false};
    std::atomic<int> placed{0};
    std::thread switcher([&] {
        auto platform = shop.platform_client();
        for (int round = 0; round < 8; ++round) {
            shop.backorder_po(false, "immediate");
            const auto before = purchased(shop);
            const int until = placed + 5;
            while (placed < until) std::this_thread::yield();
            EXPECT_EQ(purchased(shop), before);
            shop.backorder_po(true, "immediate");
        }
        done = true;
    });
    together(4, [&](int i) {
        auto client = shop.client();
        for (int n = 0; !done; ++n) {
            client.must_post("orders",
                             Shop::order(std::to_string(i) + "-" + std::to_string(n), "TEA", 1));
            ++placed;
        }
    });
    switcher.join();
    EXPECT_EQ(purchased(shop), placed);
    expect_each_need_covered_once(shop);
    shop.close();
}

}  // namespace
}  // namespace wharf::tests
