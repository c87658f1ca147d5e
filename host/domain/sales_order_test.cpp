// Sales orders: what is there becomes reserved, the rest waits, and every step keeps the sum.
#include <gtest/gtest.h>

#include "host/domain/testing/domain_fixture.hpp"

namespace wharf::domain {
namespace {

using testing::TestAccount;

struct SalesOrderTest : ::testing::Test {
    SalesOrderTest() { account.location("BLR").location("DEL").product("TEA").product("CUP"); }
    ~SalesOrderTest() override { account.expect_sound(); }
    TestAccount account;
};

TEST_F(SalesOrderTest, ReservesWhatIsThereAndLetsTheRestWait) {
    account.stock("TEA", "BLR", 5);
    const auto order = account.order("WEB-1", {{"TEA", 8, "240.00"}});
    EXPECT_EQ(order.number.text(), "SO-000001");
    EXPECT_EQ(order.status, OrderStatus::open);
    EXPECT_EQ(order.lines[0].reserved.raw(), 5);
    EXPECT_EQ(order.lines[0].waiting.raw(), 3);
    EXPECT_EQ(order.amount.text(), "1920.00");
    ASSERT_EQ(order.warnings.size(), 1U);
    EXPECT_EQ(order.warnings[0].code, "short");
    EXPECT_EQ(order.warnings[0].quantity->raw(), 3);
    EXPECT_EQ(account.level("TEA", "BLR").available.raw(), 0);
    EXPECT_EQ(account.count_events("order.placed"), 1);
}

TEST_F(SalesOrderTest, TheSameReferenceGivesTheFirstOrderBack) {
    account.stock("TEA", "BLR", 5);
    const auto first = account.order("WEB-1", {{"TEA", 2}});
    bool existing = false;
    const auto again = account.run([&](Transaction& t) {
        auto request = TestAccount::placing({{"TEA", 2}});
        request.reference = Reference("WEB-1");
        auto order = place_order(t, request);
        existing = t.existing();
        return order;
    });
    EXPECT_EQ(again.number, first.number);
    EXPECT_TRUE(existing);
    EXPECT_EQ(account.count_events("order.placed"), 1);
}

TEST_F(SalesOrderTest, TheSameReferenceWithOtherContentIsRefused) {
    account.order("WEB-1", {{"TEA", 2}});
    auto request = TestAccount::placing({{"TEA", 3}});
    request.reference = Reference("WEB-1");
    const auto refused = account.refusal([&](Transaction& t) { return place_order(t, request); });
    EXPECT_EQ(refused.kind(), RefusalKind::conflict);
    EXPECT_EQ(refused.code(), "reference_taken");
}

TEST_F(SalesOrderTest, AReferenceIsUniquePerKindAndChannelOnly) {
    const auto first = account.order("WEB-1", {{"TEA", 2}});
    auto request = TestAccount::placing({{"TEA", 2}});
    request.reference = Reference("WEB-1");
    request.channel = ChannelCode("app");
    EXPECT_NE(account.place(request).number, first.number);
}

TEST_F(SalesOrderTest, EverythingThatIsWrongIsSaidAtOnce) {
    auto request = TestAccount::placing({{"NONE", 1}, {"TEA", 1, "-1.00"}, {"TEA", 1}});
    request.lines[2].location = LocationCode("NOWHERE");
    request.lines[1].unit = UnitCode("CASE");
    request.customer = CustomerCode("C9");
    const auto refused = account.refusal([&](Transaction& t) { return place_order(t, request); });
    std::vector<std::string> pointers;
    for (const auto& fault : refused.faults()) pointers.push_back(fault.pointer);
    EXPECT_EQ(pointers, (std::vector<std::string>{"/customer", "/lines/0/sku", "/lines/1/unit",
                                                  "/lines/2/location"}));
}

TEST_F(SalesOrderTest, AnAccountMayForbidOrdersBeyondStock) {
    account.stock("TEA", "BLR", 5);
    account.account.policies.orders_beyond_stock_allowed = false;
    const auto refused = account.refusal([&](Transaction& t) {
        return place_order(t, TestAccount::placing({{"TEA", 8}}));
    });
    EXPECT_EQ(refused.code(), "insufficient_stock");
    EXPECT_EQ(refused.faults().at(0).pointer, "/lines/0/quantity");
    EXPECT_EQ(account.level("TEA", "BLR").reserved.raw(), 0);
}

TEST_F(SalesOrderTest, PacksBecomeBaseUnitsAndAreKeptBeside) {
    account.packed_product("BOX").stock("BOX", "BLR", 30);
    auto request = TestAccount::placing({{"BOX", 2}});
    request.lines[0].unit = UnitCode("CASE");
    const auto order = account.place(request);
    EXPECT_EQ(order.lines[0].quantity.raw(), 24);
    EXPECT_EQ(order.lines[0].unit_quantity->raw(), 2);
    EXPECT_EQ(order.lines[0].reserved.raw(), 24);
}

TEST_F(SalesOrderTest, NewStockGoesToWhatWaits) {
    const auto order = account.order({{"TEA", 8}});
    account.stock("TEA", "BLR", 5);
    const auto later = account.read(order);
    EXPECT_EQ(later.lines[0].reserved.raw(), 5);
    EXPECT_EQ(later.lines[0].waiting.raw(), 3);
    EXPECT_GT(later.version, order.version);
    ASSERT_TRUE(later.lines[0].explanation.has_value());
    EXPECT_NE(later.lines[0].explanation->text.find("\"by\":\"allocation_order\""),
              std::string::npos);
}

TEST_F(SalesOrderTest, FreeStockFollowsTheStatedOrder) {
    account.account.policies.allocation_order = AllocationOrder::promised_for;
    const auto unpromised = account.order({{"TEA", 2}});
    auto request = TestAccount::placing({{"TEA", 2}});
    request.promised_for = account.now.plus_micros(2 * Instant::kDay);
    const auto late = account.place(request);
    request.promised_for = account.now.plus_micros(Instant::kDay);
    const auto early = account.place(request);
    account.stock("TEA", "BLR", 3);
    EXPECT_EQ(account.read(early).lines[0].reserved.raw(), 2);
    EXPECT_EQ(account.read(late).lines[0].reserved.raw(), 1);
    EXPECT_EQ(account.read(unpromised).lines[0].reserved.raw(), 0);
}

TEST_F(SalesOrderTest, PriorityServesTheLowerNumberFirst) {
    account.account.policies.allocation_order = AllocationOrder::priority;
    auto request = TestAccount::placing({{"TEA", 2}});
    request.priority = 5;
    const auto second = account.place(request);
    request.priority = 1;
    const auto first = account.place(request);
    account.stock("TEA", "BLR", 2);
    EXPECT_EQ(account.read(first).lines[0].reserved.raw(), 2);
    EXPECT_EQ(account.read(second).lines[0].reserved.raw(), 0);
}

TEST_F(SalesOrderTest, ShippingAllCompletesTheOrder) {
    account.stock("TEA", "BLR", 5);
    const auto order = account.ship(account.order({{"TEA", 5}}));
    EXPECT_EQ(order.status, OrderStatus::completed);
    EXPECT_EQ(order.lines[0].shipped.raw(), 5);
    EXPECT_EQ(account.level("TEA", "BLR").on_hand.raw(), 0);
    EXPECT_EQ(account.count_events("order.shipped"), 1);
    EXPECT_EQ(account.count_events("order.completed"), 1);
}

TEST_F(SalesOrderTest, NoMoreShipsThanIsReserved) {
    account.stock("TEA", "BLR", 5);
    const auto order = account.order({{"TEA", 8}});
    sales::ShipOrder request;
    request.number = order.number;
    request.lines = std::vector<sales::QuantityLine>{{1, Quantity(6), {}}};
    const auto refused = account.refusal([&](Transaction& t) { return ship_order(t, request); });
    EXPECT_EQ(refused.faults().at(0).code, "exceeds_reserved");
    EXPECT_EQ(refused.faults().at(0).pointer, "/lines/0/quantity");
}

TEST_F(SalesOrderTest, AReversedShipmentIsReservedAgain) {
    account.stock("TEA", "BLR", 5);
    auto order = account.ship(account.order({{"TEA", 5}}));
    sales::ReverseShipment request;
    request.number = order.number;
    request.lines = std::vector<sales::QuantityLine>{{1, Quantity(2), {}}};
    order = account.run([&](Transaction& t) { return reverse_shipment(t, request); });
    EXPECT_EQ(order.status, OrderStatus::open);
    EXPECT_EQ(order.lines[0].shipped.raw(), 3);
    EXPECT_EQ(order.lines[0].reserved.raw(), 2);
    EXPECT_EQ(account.level("TEA", "BLR").value.text(), "180.00");
}

TEST_F(SalesOrderTest, AmendingDownReleasesWaitingFirst) {
    account.stock("TEA", "BLR", 5);
    auto order = account.order({{"TEA", 8}});
    order = account.amend(order, 1, 6);
    EXPECT_EQ(order.lines[0].reserved.raw(), 5);
    EXPECT_EQ(order.lines[0].waiting.raw(), 1);
    order = account.amend(order, 1, 2);
    EXPECT_EQ(order.lines[0].reserved.raw(), 2);
    EXPECT_EQ(order.lines[0].waiting.raw(), 0);
    EXPECT_EQ(order.amount.text(), "20.00");
    EXPECT_EQ(account.level("TEA", "BLR").available.raw(), 3);
}

TEST_F(SalesOrderTest, WhatAmendingFreesGoesToOthers) {
    account.stock("TEA", "BLR", 5);
    const auto first = account.order({{"TEA", 5}});
    const auto second = account.order({{"TEA", 3}});
    account.amend(first, 1, 3);
    EXPECT_EQ(account.read(second).lines[0].reserved.raw(), 2);
}

TEST_F(SalesOrderTest, BelowShippedIsRefused) {
    account.stock("TEA", "BLR", 5);
    auto order = account.ship(account.order({{"TEA", 8}}));
    sales::AmendOrder request;
    request.number = order.number;
    request.lines = std::vector<sales::AmendLine>{{1, Count(4)}};
    const auto refused = account.refusal([&](Transaction& t) { return amend_order(t, request); });
    EXPECT_EQ(refused.faults().at(0).code, "below_shipped");
    order = account.amend(order, 1, 5);
    EXPECT_EQ(order.status, OrderStatus::completed);
}

TEST_F(SalesOrderTest, AmendingACompletedOrderUpOpensItAgain) {
    account.stock("TEA", "BLR", 5);
    auto order = account.ship(account.order({{"TEA", 5}}));
    order = account.amend(order, 1, 7);
    EXPECT_EQ(order.status, OrderStatus::open);
    EXPECT_EQ(order.lines[0].waiting.raw(), 2);
}

TEST_F(SalesOrderTest, ACancelledOrderStaysCancelled) {
    auto order = account.cancel(account.order({{"TEA", 5}}));
    EXPECT_EQ(order.status, OrderStatus::cancelled);
    EXPECT_EQ(order.lines[0].cancelled.raw(), 5);
    sales::AmendOrder request;
    request.number = order.number;
    request.lines = std::vector<sales::AmendLine>{{1, Count(7)}};
    EXPECT_EQ(account.refusal([&](Transaction& t) { return amend_order(t, request); }).code(),
              "wrong_status");
}

TEST_F(SalesOrderTest, CancellingAPartlyShippedOrderCompletesIt) {
    account.stock("TEA", "BLR", 5);
    auto order = account.ship(account.order({{"TEA", 8}}));
    order = account.cancel(order);
    EXPECT_EQ(order.status, OrderStatus::completed);
    EXPECT_EQ(order.lines[0].cancelled.raw(), 3);
}

TEST_F(SalesOrderTest, QuantityZeroCancelsTheLine) {
    account.stock("TEA", "BLR", 5);
    auto order = account.order({{"TEA", 3}, {"CUP", 1}});
    order = account.amend(order, 1, 0);
    EXPECT_EQ(order.status, OrderStatus::open);
    EXPECT_EQ(order.lines[0].cancelled.raw(), 3);
    EXPECT_EQ(order.lines[0].quantity.raw(), 3);
    EXPECT_EQ(account.level("TEA", "BLR").available.raw(), 5);
}

TEST_F(SalesOrderTest, AHeldOrderKeepsWhatItHasAndGetsNothing) {
    account.stock("TEA", "BLR", 5);
    auto order = account.hold(account.order({{"TEA", 8}}));
    account.stock("TEA", "BLR", 5);
    order = account.read(order);
    EXPECT_EQ(order.lines[0].reserved.raw(), 5);
    EXPECT_EQ(order.lines[0].waiting.raw(), 3);
    sales::ShipOrder ship;
    ship.number = order.number;
    EXPECT_EQ(account.refusal([&](Transaction& t) { return ship_order(t, ship); }).code(),
              "wrong_status");
    order = account.release(order);
    EXPECT_EQ(order.lines[0].reserved.raw(), 8);
}

TEST_F(SalesOrderTest, AnUnapprovedOrderHoldsNothingUntilItIsApproved) {
    account.stock("TEA", "BLR", 5);
    account.account.policies.orders_need_approval = true;
    auto order = account.order({{"TEA", 4}});
    EXPECT_EQ(order.status, OrderStatus::unapproved);
    EXPECT_EQ(account.level("TEA", "BLR").reserved.raw(), 0);
    sales::ApproveOrder request{order.number};
    order = account.run([&](Transaction& t) { return approve_order(t, request); });
    EXPECT_EQ(order.status, OrderStatus::open);
    EXPECT_EQ(order.lines[0].reserved.raw(), 4);
}

TEST_F(SalesOrderTest, GivenBackStockIsFreeUntilTheNextAllocation) {
    account.stock("TEA", "BLR", 5);
    auto order = account.order({{"TEA", 5}});
    sales::ReleaseReservation request;
    request.number = order.number;
    request.lines = {{1, Quantity(2), {}}};
    order = account.run([&](Transaction& t) { return release_reservation(t, request); });
    EXPECT_EQ(order.lines[0].waiting.raw(), 2);
    EXPECT_EQ(account.level("TEA", "BLR").available.raw(), 2);
    EXPECT_EQ(account.count_events("reservation.released"), 1);
    sales::AllocateOrder allocate{order.number};
    order = account.run([&](Transaction& t) { return allocate_order(t, allocate); });
    EXPECT_EQ(order.lines[0].reserved.raw(), 5);
}

TEST_F(SalesOrderTest, AnotherVersionThanNamedIsStale) {
    const auto order = account.order({{"TEA", 5}});
    account.expected_version = order.version + 1;
    sales::CancelOrder request;
    request.number = order.number;
    EXPECT_EQ(account.refusal([&](Transaction& t) { return cancel_order(t, request); }).kind(),
              RefusalKind::stale);
}

TEST_F(SalesOrderTest, PagesGoOnBehindTheLastOne) {
    for (int i = 0; i < 5; ++i) account.order({{"TEA", 1}});
    sales::ListOrders request;
    request.limit = 2;
    std::vector<std::string> numbers;
    do {
        const auto page = account.run([&](Transaction& t) { return list_orders(t, request); });
        for (const auto& order : page.items) numbers.push_back(order.number.text());
        request.after = page.next;
        account.order({{"TEA", 1}});
    } while (request.after && numbers.size() < 6);
    EXPECT_EQ(numbers.front(), "SO-000001");
    EXPECT_TRUE(std::is_sorted(numbers.begin(), numbers.end()));
    request.after = "nonsense!";
    EXPECT_EQ(
        account.refusal([&](Transaction& t) { return list_orders(t, request); }).faults()[0].code,
        "bad_cursor");
}

TEST_F(SalesOrderTest, ListsCanBeNarrowed) {
    account.stock("TEA", "BLR", 5);
    account.order("A", {{"TEA", 5}});
    account.order("B", {{"TEA", 2}});
    account.hold(account.order("C", {{"TEA", 2}}));
    sales::ListOrders waiting;
    waiting.waiting = true;
    EXPECT_EQ(account.run([&](Transaction& t) { return list_orders(t, waiting); }).items.size(),
              2U);
    sales::ListOrders held;
    held.status = OrderStatus::held;
    EXPECT_EQ(account.run([&](Transaction& t) { return list_orders(t, held); }).items.size(), 1U);
    sales::ListOrders named;
    named.reference = Reference("B");
    EXPECT_EQ(account.run([&](Transaction& t) { return list_orders(t, named); }).items.size(), 1U);
}

TEST_F(SalesOrderTest, ATransferNeedsAnotherLocationToGoTo) {
    auto request = TestAccount::placing({{"TEA", 1}});
    request.kind = OrderKind::transfer;
    EXPECT_EQ(account.refusal([&](Transaction& t) { return place_order(t, request); })
                  .faults()[0]
                  .pointer,
              "/destination");
    request.destination = LocationCode("DEL");
    EXPECT_EQ(account.refusal([&](Transaction& t) { return place_order(t, request); }).code(),
              "insufficient_stock");
    account.stock("TEA", "BLR", 1);
    const auto order = account.place(request);
    EXPECT_FALSE(order.prices_include_tax);
    EXPECT_EQ(order.number.text(), "STN-000001");
}

}  // namespace
}  // namespace wharf::domain
