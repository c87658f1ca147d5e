// Purchase orders: approved, rejected, cancelled, completed and closed.
#include "host/domain/purchase_order.hpp"

#include "host/domain/testing/purchasing_fixture.hpp"

namespace wharf::domain {
namespace {

using testing::Buyer;
using enum PurchaseOrderStatus;

TEST(PurchaseOrder, GoesFromDraftOverWaitingToApproved) {
    Buyer account;
    const auto order = account.draft({{"TEA", 10}});
    EXPECT_EQ(account.submit(order).status, waiting_for_approval);
    const auto approved_order = account.approve(order);
    EXPECT_EQ(approved_order.status, approved);
    EXPECT_EQ(approved_order.approved_by, "key-1");
    EXPECT_EQ(approved_order.version, 3);
    EXPECT_EQ(account.count_events("purchase_order.submitted"), 1);
    EXPECT_EQ(account.count_events("purchase_order.approved"), 1);
}

TEST(PurchaseOrder, RefusesEachIllegalStepWithAWayOut) {
    Buyer account;
    const auto refuse = [&](auto step, const PurchaseOrder& order, const char* code) {
        const auto refusal = account.refusal([&](Transaction& t) { return step(t, order.number); });
        EXPECT_EQ(refusal.kind(), RefusalKind::conflict) << code;
        EXPECT_EQ(refusal.code(), code);
        EXPECT_FALSE(refusal.hint().empty()) << code;
    };
    const auto submit = [](Transaction& t, const DocumentNumber& number) {
        return submit_purchase_order(t, {number});
    };
    const auto approve = [](Transaction& t, const DocumentNumber& number) {
        return approve_purchase_order(t, {number});
    };
    const auto reject = [](Transaction& t, const DocumentNumber& number) {
        return reject_purchase_order(t, {number, {}});
    };
    const auto cancel = [](Transaction& t, const DocumentNumber& number) {
        return cancel_purchase_order(t, {number, {}});
    };
    const auto close = [](Transaction& t, const DocumentNumber& number) {
        return close_purchase_order(t, {number, {}});
    };
    const auto born = account.draft({{"TEA", 10}});
    refuse(approve, born, "purchase_order_draft");
    refuse(reject, born, "purchase_order_draft");
    refuse(close, born, "purchase_order_draft");
    account.submit(born);
    refuse(submit, born, "purchase_order_waiting_for_approval");
    refuse(close, born, "purchase_order_waiting_for_approval");
    account.approve(born);
    refuse(submit, born, "purchase_order_approved");
    refuse(approve, born, "purchase_order_approved");
    refuse(reject, born, "purchase_order_approved");
    refuse(close, born, "nothing_received");
    account.cancel_order(born);
    refuse(submit, born, "purchase_order_cancelled");
    refuse(cancel, born, "purchase_order_cancelled");
    const auto turned_down = account.reject(account.submit(account.draft({{"TEA", 1}})));
    refuse(approve, turned_down, "purchase_order_rejected");
    refuse(cancel, turned_down, "purchase_order_rejected");
}

TEST(PurchaseOrder, ARejectedOrCancelledOneOwesNothing) {
    Buyer account;
    const auto rejected_order = account.reject(account.submit(account.draft({{"TEA", 10}})));
    EXPECT_EQ(rejected_order.status, rejected);
    EXPECT_EQ(rejected_order.reason->text(), "no");
    EXPECT_EQ(rejected_order.lines[0].outstanding, Count(0));
    EXPECT_EQ(rejected_order.lines[0].cancelled, Count(10));
    EXPECT_EQ(rejected_order.amount, Money());
    const auto cancelled_order = account.cancel_order(account.draft({{"TEA", 10}}));
    EXPECT_EQ(cancelled_order.status, cancelled);
    EXPECT_EQ(cancelled_order.lines[0].outstanding, Count(0));
    account.expect_sound();
}

TEST(PurchaseOrder, AStaleVersionIsRefused) {
    Buyer account;
    const auto order = account.draft({{"TEA", 10}});
    account.expected_version = 7;
    EXPECT_EQ(
        account.refusal([&](Transaction& t) { return submit_purchase_order(t, {order.number}); })
            .kind(),
        RefusalKind::stale);
}

TEST(PurchaseOrder, AnApprovedOneWithNothingLeftIsCancelled) {
    Buyer account;
    const auto order = account.approved({{"TEA", 10}});
    EXPECT_EQ(account.amend_order(order, 1, 0).status, cancelled);
    EXPECT_EQ(account.count_events("purchase_order.cancelled"), 1);
    account.expect_sound();
}

TEST(PurchaseOrder, CompletesByItselfAndOpensAgainWhenAmendedUp) {
    Buyer account;
    const auto order = account.approved({{"TEA", 10}});
    account.receive(order, 10);
    EXPECT_EQ(account.read(order).status, completed);
    EXPECT_FALSE(account.read(order).closed);
    EXPECT_EQ(account.count_events("purchase_order.completed"), 1);
    const auto again = account.amend_order(order, 1, 12);
    EXPECT_EQ(again.status, approved);
    EXPECT_EQ(again.lines[0].outstanding, Count(2));
    account.expect_sound();
}

TEST(PurchaseOrder, OneWithAReceiptIsClosedNotCancelled) {
    Buyer account;
    const auto order = account.approved({{"TEA", 10}});
    account.receive(order, 4);
    EXPECT_EQ(account
                  .refusal([&](Transaction& t) {
                      return cancel_purchase_order(t, {order.number, {}});
                  })
                  .code(),
              "already_received");
    const auto closed = account.close(order);
    EXPECT_EQ(closed.status, completed);
    EXPECT_TRUE(closed.closed);
    EXPECT_EQ(closed.lines[0].cancelled, Count(6));
    EXPECT_EQ(closed.amount.text(), "400.00");
    const auto refusal = account.refusal(
        [&](Transaction& t) { return amend_purchase_order(t, account.amending(order, 1, 20)); });
    EXPECT_EQ(refusal.code(), "purchase_order_closed");
    EXPECT_EQ(account.count_events("purchase_order.closed"), 1);
    account.expect_sound();
}

}  // namespace
}  // namespace wharf::domain
