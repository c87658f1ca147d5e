// Goods that come back: announced up to what is out, taken in at the cost they left with.
#include <gtest/gtest.h>

#include "host/domain/testing/domain_fixture.hpp"

namespace wharf::domain {
namespace {

using testing::TestAccount;

struct ReturnsTest : ::testing::Test {
    ReturnsTest() {
        account.location("BLR").product("TEA").stock("TEA", "BLR", 4, "90.00");
        order = account.ship(account.order({{"TEA", 4}}));
    }
    ~ReturnsTest() override { account.expect_sound(); }

    CustomerReturn expect(std::int64_t quantity) {
        return account.run([&](Transaction& t) { return expect_return(t, expecting(quantity)); });
    }
    sales::ExpectReturn expecting(std::int64_t quantity) const {
        sales::ExpectReturn request;
        request.order = order.number;
        request.lines = {{1, Quantity(quantity)}};
        return request;
    }
    static sales::ReceiveReturn receiving(const CustomerReturn& goods, std::int64_t quantity,
                                          Condition condition = Condition::sellable) {
        sales::ReceiveReturn request;
        request.number = goods.number;
        request.lines = {{1, Quantity(quantity), condition, std::nullopt, {}}};
        return request;
    }
    TestAccount account;
    SalesOrder order;
};

TEST_F(ReturnsTest, ComeBackAtTheCostTheyLeftWith) {
    account.stock("TEA", "BLR", 1, "10.00");
    const auto goods = expect(2);
    EXPECT_EQ(goods.number.text(), "RET-000001");
    EXPECT_EQ(goods.status, ReturnStatus::expected);
    const auto part =
        account.run([&](Transaction& t) { return receive_return(t, receiving(goods, 1)); });
    EXPECT_EQ(part.status, ReturnStatus::partly_received);
    EXPECT_EQ(account.level("TEA", "BLR").value.text(), "100.00");
    const auto all =
        account.run([&](Transaction& t) { return receive_return(t, receiving(goods, 1)); });
    EXPECT_EQ(all.status, ReturnStatus::received);
    EXPECT_EQ(account.read(order).lines[0].returned.raw(), 2);
    EXPECT_EQ(account.count_events("return.expected"), 1);
    EXPECT_EQ(account.count_events("return.received"), 2);
}

TEST_F(ReturnsTest, NoMoreIsAnnouncedThanIsOut) {
    expect(3);
    const auto refused =
        account.refusal([&](Transaction& t) { return expect_return(t, expecting(2)); });
    EXPECT_EQ(refused.faults().at(0).code, "exceeds_shipped");
}

TEST_F(ReturnsTest, NoMoreComesThanWasAnnounced) {
    const auto goods = expect(1);
    const auto refused =
        account.refusal([&](Transaction& t) { return receive_return(t, receiving(goods, 2)); });
    EXPECT_EQ(refused.faults().at(0).code, "exceeds_announced");
    const auto blocked = account.refusal(
        [&](Transaction& t) { return receive_return(t, receiving(goods, 1, Condition::blocked)); });
    EXPECT_EQ(blocked.faults().at(0).code, "wrong_condition");
}

TEST_F(ReturnsTest, SellableReturnsServeWhatWaits) {
    const auto waiting = account.order({{"TEA", 2}});
    const auto goods = expect(3);
    account.run([&](Transaction& t) {
        return receive_return(t, receiving(goods, 1, Condition::quality_check));
    });
    EXPECT_EQ(account.read(waiting).lines[0].reserved.raw(), 0);
    account.run([&](Transaction& t) { return receive_return(t, receiving(goods, 2)); });
    EXPECT_EQ(account.read(waiting).lines[0].reserved.raw(), 2);
}

TEST_F(ReturnsTest, WhatCameBackIsNotReversedAsAShipment) {
    const auto goods = expect(1);
    account.run([&](Transaction& t) { return receive_return(t, receiving(goods, 1)); });
    sales::ReverseShipment request;
    request.number = order.number;
    request.lines = std::vector<sales::QuantityLine>{{1, Quantity(4), {}}};
    const auto refused =
        account.refusal([&](Transaction& t) { return reverse_shipment(t, request); });
    EXPECT_EQ(refused.faults().at(0).code, "exceeds_shipped");
}

TEST_F(ReturnsTest, AReturnReferenceIsTakenOnce) {
    auto request = expecting(1);
    request.reference = Reference("R-1");
    const auto first = account.run([&](Transaction& t) { return expect_return(t, request); });
    const auto second = account.run([&](Transaction& t) { return expect_return(t, request); });
    EXPECT_EQ(first.number, second.number);
    sales::ListReturns list;
    list.order = order.number;
    EXPECT_EQ(account.run([&](Transaction& t) { return list_returns(t, list); }).items.size(), 1U);
}

}  // namespace
}  // namespace wharf::domain
