// Approval limits, second persons, and amendments that wait for one.
#include "host/domain/approval.hpp"

#include "host/domain/testing/purchasing_fixture.hpp"

namespace wharf::domain {
namespace {

using testing::Buyer;
using enum PurchaseOrderStatus;

Refusal refused_to_approve(Buyer& account, const PurchaseOrder& order) {
    return account.refusal(
        [&](Transaction& t) { return approve_purchase_order(t, {order.number}); });
}

purchasing::AmendOrder price_change(const PurchaseOrder& order, const char* price) {
    purchasing::AmendOrder request;
    request.number = order.number;
    purchasing::AmendLine line;
    line.line = 1;
    line.unit_price = Money::parse(price);
    request.lines = std::vector{line};
    return request;
}

TEST(Approval, WithinTheLimitOnePersonMayDoItAll) {
    Buyer account;
    account.account.policies.purchase_approval_limit = Money::parse("1000.00");
    EXPECT_EQ(account.approved({{"TEA", 10}}).status, approved);
}

TEST(Approval, PastTheLimitTheMakerCannotApprove) {
    Buyer account;
    account.account.policies.purchase_approval_limit = Money::parse("999.99");
    const auto order = account.submit(account.draft({{"TEA", 10}}));
    const auto refusal = refused_to_approve(account, order);
    EXPECT_EQ(refusal.kind(), RefusalKind::forbidden);
    EXPECT_EQ(refusal.code(), "second_person_needed");
    account.as_person("ben");
    EXPECT_EQ(account.approve(order).approved_by, "ben");
}

TEST(Approval, WhoSubmittedOrChangedAnOrderCannotApproveItEither) {
    Buyer account;
    account.account.policies.purchase_approval_limit = Money::parse("100.00");
    const auto order = account.draft({{"TEA", 10}});
    account.as_person("ben");
    account.submit(order);
    EXPECT_EQ(refused_to_approve(account, order).code(), "second_person_needed");
    account.as_person("cyn");
    account.amend_order(order, 1, 11);
    EXPECT_EQ(refused_to_approve(account, order).code(), "second_person_needed");
    account.as_person("dee");
    EXPECT_EQ(account.approve(order).status, approved);
}

TEST(Approval, APluginCannotApproveItsOwnOrderPastTheLimit) {
    Buyer account;
    account.account.policies.purchase_approval_limit = Money::parse("100.00");
    account.as_plugin("backorder_po");
    const auto order = account.submit(account.draft({{"TEA", 10}}));
    EXPECT_EQ(refused_to_approve(account, order).code(), "second_person_needed");
}

TEST(Approval, AnotherPriceOfAnApprovedOrderWaitsAndTheOrderStandsMeanwhile) {
    Buyer account;
    const auto order = account.approved({{"TEA", 10}});
    const auto waiting = account.amend_order(price_change(order, "120.00"));
    EXPECT_EQ(waiting.status, approved);
    EXPECT_EQ(waiting.lines[0].unit_price.text(), "100.00");
    ASSERT_TRUE(waiting.pending_amendment);
    EXPECT_EQ(waiting.pending_amendment->requested_by, "key-1");
    account.receive(order, 4);
    const auto amended = account.approve(order);
    EXPECT_EQ(amended.lines[0].unit_price.text(), "120.00");
    EXPECT_EQ(amended.lines[0].received, Count(4));
    EXPECT_FALSE(amended.pending_amendment);
    account.expect_sound();
}

TEST(Approval, ARejectedAmendmentLeavesTheOrderAsItWas) {
    Buyer account;
    const auto order = account.approved({{"TEA", 10}});
    account.amend_order(price_change(order, "120.00"));
    const auto stands = account.reject(order);
    EXPECT_EQ(stands.status, approved);
    EXPECT_EQ(stands.lines[0].unit_price.text(), "100.00");
    EXPECT_FALSE(stands.pending_amendment);
    EXPECT_EQ(account.count_events("purchase_order.rejected"), 0);
}

TEST(Approval, OneAmendmentWaitsAtATime) {
    Buyer account;
    const auto order = account.approved({{"TEA", 10}});
    account.amend_order(price_change(order, "120.00"));
    const auto refusal = account.refusal(
        [&](Transaction& t) { return amend_purchase_order(t, account.amending(order, 1, 5)); });
    EXPECT_EQ(refusal.code(), "amendment_pending");
    EXPECT_FALSE(refusal.hint().empty());
}

TEST(Approval, AValueRaisedPastTheLimitWaitsForASecondPerson) {
    Buyer account;
    account.account.policies.purchase_approval_limit = Money::parse("1000.00");
    const auto order = account.approved({{"TEA", 9}});
    EXPECT_FALSE(account.amend_order(order, 1, 10).pending_amendment);
    const auto waiting = account.amend_order(order, 1, 11);
    EXPECT_TRUE(waiting.pending_amendment);
    EXPECT_EQ(waiting.lines[0].quantity, Quantity(10));
    EXPECT_EQ(refused_to_approve(account, order).code(), "second_person_needed");
    account.as_person("ben");
    EXPECT_EQ(account.approve(order).lines[0].quantity, Quantity(11));
    EXPECT_FALSE(account.amend_order(order, 1, 5).pending_amendment);
    account.expect_sound();
}

TEST(Approval, AnotherVendorOfAnApprovedOrderWaitsAndBringsItsPrices) {
    Buyer account;
    account.vendor("V2").sells("V2", "TEA", "90.00");
    const auto order = account.approved({{"TEA", 10}});
    purchasing::AmendOrder request;
    request.number = order.number;
    request.vendor = VendorCode("V2");
    EXPECT_EQ(account.amend_order(request).vendor.text(), "V1");
    const auto amended = account.approve(order);
    EXPECT_EQ(amended.vendor.text(), "V2");
    EXPECT_EQ(amended.amount.text(), "900.00");
    account.expect_sound();
}

TEST(Approval, OnceGoodsCameTheVendorStays) {
    Buyer account;
    account.vendor("V2");
    const auto order = account.approved({{"TEA", 10}});
    account.receive(order, 1);
    purchasing::AmendOrder request;
    request.number = order.number;
    request.vendor = VendorCode("V2");
    EXPECT_EQ(
        account.refusal([&](Transaction& t) { return amend_purchase_order(t, request); }).code(),
        "already_received");
}

TEST(Approval, ADraftTakesAnotherVendorAtOnce) {
    Buyer account;
    account.vendor("V2").sells("V2", "TEA", "90.00");
    const auto order = account.draft({{"TEA", 10}});
    purchasing::AmendOrder request;
    request.number = order.number;
    request.vendor = VendorCode("V2");
    const auto amended = account.amend_order(request);
    EXPECT_EQ(amended.vendor.text(), "V2");
    EXPECT_EQ(amended.lines[0].unit_price.text(), "90.00");
}

}  // namespace
}  // namespace wharf::domain
