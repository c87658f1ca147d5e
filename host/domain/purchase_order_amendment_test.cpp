// Purchase orders: amended up, down and by a line.
#include "host/domain/purchase_order.hpp"

#include "host/domain/testing/purchasing_fixture.hpp"

namespace wharf::domain {
namespace {

using testing::Buyer;
using enum PurchaseOrderStatus;

TEST(PurchaseOrder, IsAmendedUpDownAndByALine) {
    Buyer account;
    account.product("RICE").sells("V1", "RICE", "20.00");
    const auto order = account.approved({{"TEA", 10}});
    EXPECT_EQ(account.amend_order(order, 1, 12).lines[0].outstanding, Count(12));
    EXPECT_EQ(account.amend_order(order, 1, 8).lines[0].outstanding, Count(8));
    purchasing::AmendOrder request;
    request.number = order.number;
    purchasing::AmendLine added;
    added.sku = Sku("RICE");
    added.quantity = Count(5);
    request.lines = std::vector{added};
    const auto amended = account.amend_order(request);
    EXPECT_EQ(amended.lines[1].line, 2);
    EXPECT_EQ(amended.amount.text(), "900.00");
    EXPECT_EQ(amended.status, approved);
    EXPECT_EQ(account.count_events("purchase_order.amended"), 3);
    account.expect_sound();
}

TEST(PurchaseOrder, AnAmendmentThatChangesNothingIsNoEvent) {
    Buyer account;
    const auto order = account.draft({{"TEA", 10}});
    EXPECT_EQ(account.amend_order(order, 1, 10).version, 1);
    EXPECT_EQ(account.count_events("purchase_order.amended"), 0);
}

TEST(PurchaseOrder, AnAmendmentNamesItsFaults) {
    Buyer account;
    const auto order = account.draft({{"TEA", 10}});
    purchasing::AmendOrder request;
    request.number = order.number;
    purchasing::AmendLine unknown;
    unknown.line = 7;
    purchasing::AmendLine nothing;
    purchasing::AmendLine differs;
    differs.line = 1;
    differs.sku = Sku("RICE");
    request.lines = std::vector{unknown, nothing, differs};
    const auto refusal =
        account.refusal([&](Transaction& t) { return amend_purchase_order(t, request); });
    ASSERT_EQ(refusal.faults().size(), 3U);
    EXPECT_EQ(refusal.faults()[0].code, "unknown_line");
    EXPECT_EQ(refusal.faults()[1].code, "line_or_sku_missing");
    EXPECT_EQ(refusal.faults()[2].code, "sku_differs");
}

TEST(PurchaseOrder, QuantityZeroCallsALineOffAndADraftTakesItUpAgain) {
    Buyer account;
    const auto order = account.draft({{"TEA", 10}});
    const auto off = account.amend_order(order, 1, 0);
    EXPECT_EQ(off.status, draft);
    EXPECT_EQ(off.lines[0].cancelled, Count(10));
    EXPECT_EQ(off.lines[0].outstanding, Count(0));
    EXPECT_EQ(
        account.refusal([&](Transaction& t) { return submit_purchase_order(t, {order.number}); })
            .code(),
        "nothing_ordered");
    const auto again = account.amend_order(order, 1, 4);
    EXPECT_EQ(again.lines[0].cancelled, Count(0));
    EXPECT_EQ(again.lines[0].outstanding, Count(4));
    account.expect_sound();
}

TEST(PurchaseOrder, BelowReceivedIsRefused) {
    Buyer account;
    const auto order = account.approved({{"TEA", 10}});
    account.receive(order, 6);
    for (const std::int64_t quantity : {0, 5}) {
        const auto refusal = account.refusal([&](Transaction& t) {
            return amend_purchase_order(t, account.amending(order, 1, quantity));
        });
        EXPECT_EQ(refusal.code(), "below_received");
    }
    EXPECT_EQ(account.amend_order(order, 1, 6).status, completed);
    account.expect_sound();
}

TEST(PurchaseOrder, APersonsQuantityIsThePersonsAndAPluginsThePlugins) {
    Buyer account;
    account.as_plugin("backorder_po");
    auto request = account.buying({{"TEA", 10}});
    request.lines[0].explanation = RawJson{"{\"net\":3}"};
    const auto order = account.create(request);
    EXPECT_EQ(order.source.text(), "backorder_po");
    EXPECT_EQ(order.lines[0].quantity_set_by, SetBy::plugin);
    EXPECT_EQ(order.lines[0].explanation->text, "{\"net\":3}");
    account.as_person("ann");
    EXPECT_EQ(account.amend_order(order, 1, 10).lines[0].quantity_set_by, SetBy::person);
    account.as_plugin("backorder_po");
    EXPECT_EQ(account.amend_order(order, 1, 10).lines[0].quantity_set_by, SetBy::person);
    EXPECT_EQ(account.amend_order(order, 1, 12).lines[0].quantity_set_by, SetBy::plugin);
}

}  // namespace
}  // namespace wharf::domain
