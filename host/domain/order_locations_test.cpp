// Sales orders whose lines ship from several locations, and keys that see some of them.
#include <gtest/gtest.h>

#include "host/domain/testing/domain_fixture.hpp"

namespace wharf::domain {
namespace {

using testing::TestAccount;

struct OrderLocations : ::testing::Test {
    OrderLocations() { account.location("BLR").location("DEL").product("TEA"); }
    ~OrderLocations() override { account.expect_sound(); }
    TestAccount account;
};

TEST_F(OrderLocations, LinesMayShipFromSeveralLocations) {
    account.stock("TEA", "BLR", 5).stock("TEA", "DEL", 5);
    const auto order = account.order({{"TEA", 3}, {"TEA", 4, "10.00", std::string("DEL")}});
    EXPECT_EQ(account.level("TEA", "BLR").reserved.raw(), 3);
    EXPECT_EQ(account.level("TEA", "DEL").reserved.raw(), 4);
    EXPECT_EQ(account.ship(order).status, OrderStatus::completed);
}

TEST_F(OrderLocations, OrdersOfOtherLocationsAreNotThere) {
    const auto order = account.order({{"TEA", 5}});
    account.actor.locations = {LocationCode("DEL")};
    sales::GetOrder request{order.number};
    EXPECT_EQ(account.refusal([&](Transaction& t) { return get_order(t, request); }).kind(),
              RefusalKind::not_found);
    const auto page =
        account.run([&](Transaction& t) { return list_orders(t, sales::ListOrders{}); });
    EXPECT_TRUE(page.items.empty());
    const auto refused = account.refusal([&](Transaction& t) {
        return place_order(t, TestAccount::placing({{"TEA", 1}}));
    });
    EXPECT_EQ(refused.faults().at(0).code, "unknown_location");
    account.actor.locations.clear();
}

// A key of one warehouse sees the order for its own line; a step of the whole order is not its to
// take.
TEST_F(OrderLocations, StepsOfAWholeOrderAreForWhoeverSeesAllOfIt) {
    const auto order = account.order({{"TEA", 1}, {"TEA", 1, "10.00", std::string("DEL")}});
    account.actor.locations = {LocationCode("DEL")};
    const auto refused = [&](auto step) { return account.refusal(step).code(); };
    EXPECT_EQ(refused([&](Transaction& t) {
                  return hold_order(t, {order.number, {}});
              }),
              "other_locations");
    EXPECT_EQ(refused([&](Transaction& t) { return release_order(t, {order.number}); }),
              "other_locations");
    EXPECT_EQ(refused([&](Transaction& t) { return approve_order(t, {order.number}); }),
              "other_locations");
    sales::CancelOrder cancel;
    cancel.number = order.number;
    EXPECT_EQ(refused([&](Transaction& t) { return cancel_order(t, cancel); }), "other_locations");
    cancel.lines = std::vector<std::int32_t>{2};
    const auto left = account.run([&](Transaction& t) { return cancel_order(t, cancel); });
    EXPECT_EQ(left.lines[1].cancelled.raw(), 1);
    account.actor.locations.clear();
}

}  // namespace
}  // namespace wharf::domain
