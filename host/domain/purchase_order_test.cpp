// Purchase orders: made, seen and listed.
#include "host/domain/purchase_order.hpp"

#include "host/domain/testing/purchasing_fixture.hpp"

namespace wharf::domain {
namespace {

using testing::Buyer;
using enum PurchaseOrderStatus;

std::string code_of(const Refusal& refusal) {
    return refusal.faults().empty() ? refusal.code() : refusal.faults().front().code;
}
std::string pointer_of(const Refusal& refusal) {
    return refusal.faults().empty() ? "" : refusal.faults().front().pointer;
}
Refusal refused_to_create(Buyer& account, const purchasing::CreateOrder& request) {
    return account.refusal([&](Transaction& t) { return create_purchase_order(t, request); });
}

TEST(PurchaseOrder, IsBornAsADraftThatOwesEverything) {
    Buyer account;
    auto request = account.buying({{"TEA", 10}});
    request.expected_on = Date::parse("2026-12-01");
    const auto order = account.create(request);
    EXPECT_EQ(order.number.text(), "PO-000001");
    EXPECT_EQ(order.status, draft);
    EXPECT_EQ(order.source.text(), "manual");
    EXPECT_EQ(order.version, 1);
    EXPECT_EQ(order.lines[0].outstanding, Count(10));
    EXPECT_EQ(order.lines[0].unit_price.text(), "100.00");
    EXPECT_EQ(order.amount.text(), "1000.00");
    EXPECT_EQ(account.count_events("purchase_order.created"), 1);
    account.expect_sound();
}

TEST(PurchaseOrder, TheSameReferenceWithTheSameContentGivesTheFirstOrderBack) {
    Buyer account;
    auto request = account.buying({{"TEA", 10}});
    request.reference = Reference("M-1");
    const auto first = account.create(request);
    account.amend_order(first, 1, 12);
    EXPECT_EQ(account.create(request).number, first.number);
    EXPECT_EQ(account.create(request).lines[0].quantity, Quantity(12));
    request.lines[0].quantity = Quantity(11);
    const auto refusal = refused_to_create(account, request);
    EXPECT_EQ(refusal.kind(), RefusalKind::conflict);
    EXPECT_EQ(refusal.code(), "reference_taken");
}

TEST(PurchaseOrder, TakesThePriceBreakOfTheWholeLine) {
    Buyer account;
    catalog::PutVendorItem item;
    item.vendor = VendorCode("V1");
    item.sku = Sku("TEA");
    item.price = *Money::parse("100.00");
    item.price_breaks = std::vector<PriceBreak>{{Quantity(50), *Money::parse("97.00")},
                                                {Quantity(100), *Money::parse("95.00")}};
    account.run([&](Transaction& t) { return put_vendor_item(t, item); });
    EXPECT_EQ(account.draft({{"TEA", 49}}).lines[0].unit_price.text(), "100.00");
    EXPECT_EQ(account.draft({{"TEA", 50}}).lines[0].unit_price.text(), "97.00");
    const auto order = account.draft({{"TEA", 99}});
    EXPECT_EQ(account.amend_order(order, 1, 100).lines[0].unit_price.text(), "95.00");
}

TEST(PurchaseOrder, ATypedPriceStaysWhenTheQuantityChanges) {
    Buyer account;
    auto request = account.buying({{"TEA", 10}});
    request.lines[0].unit_price = Money::parse("80.00");
    const auto order = account.create(request);
    EXPECT_EQ(account.amend_order(order, 1, 12).amount.text(), "960.00");
}

TEST(PurchaseOrder, RefusesAPriceThatIsNotValidToday) {
    Buyer account;
    catalog::PutVendorItem item;
    item.vendor = VendorCode("V1");
    item.sku = Sku("TEA");
    item.price = *Money::parse("100.00");
    item.valid_from = Date::parse("2026-11-02");
    account.run([&](Transaction& t) { return put_vendor_item(t, item); });
    const auto refusal = refused_to_create(account, account.buying({{"TEA", 10}}));
    EXPECT_EQ(code_of(refusal), "unit_price_missing");
    EXPECT_EQ(pointer_of(refusal), "/lines/0/unit_price");
    account.pass_days(1);
    EXPECT_EQ(account.draft({{"TEA", 10}}).status, draft);
}

TEST(PurchaseOrder, TurnsPacksIntoBaseUnits) {
    Buyer account;
    account.packed_product("SOAP").sells("V1", "SOAP", "5.00");
    auto request = account.buying({{"SOAP", 3}});
    request.lines[0].unit = UnitCode("CASE");
    const auto line = account.create(request).lines[0];
    EXPECT_EQ(line.quantity, Quantity(36));
    EXPECT_EQ(line.unit_quantity, Quantity(3));
    request.lines[0].unit = UnitCode("PALLET");
    EXPECT_EQ(pointer_of(refused_to_create(account, request)), "/lines/0/unit");
}

TEST(PurchaseOrder, NamesAllFaultsAtOnce) {
    Buyer account;
    auto request = account.buying({{"NOTHING", 1}, {"TEA", 1}}, "V9", "DEL");
    request.expected_on = Date::parse("2026-10-31");
    request.explanation = RawJson{"{}"};
    const auto refusal = refused_to_create(account, request);
    EXPECT_EQ(refusal.kind(), RefusalKind::invalid);
    std::vector<std::string> pointers;
    for (const auto& fault : refusal.faults()) pointers.push_back(fault.pointer);
    EXPECT_EQ(pointers,
              (std::vector<std::string>{"/vendor", "/ship_to", "/expected_on", "/explanation",
                                        "/lines/0/sku", "/lines/1/unit_price"}));
}

TEST(PurchaseOrder, RefusesAnOrderWithoutLinesAndAVendorOnHold) {
    Buyer account;
    EXPECT_EQ(code_of(refused_to_create(account, account.buying({}))), "no_lines");
    catalog::PutVendor vendor;
    vendor.code = VendorCode("V1");
    vendor.name = Name("Vendor V1");
    vendor.hold = true;
    account.run([&](Transaction& t) { return put_vendor(t, vendor); });
    EXPECT_EQ(code_of(refused_to_create(account, account.buying({{"TEA", 1}}))), "vendor_on_hold");
}

TEST(PurchaseOrder, RefusesAnExpectedDayInThePastButTakesToday) {
    Buyer account;
    auto request = account.buying({{"TEA", 1}});
    request.expected_on = Date::parse("2026-10-31");
    EXPECT_EQ(code_of(refused_to_create(account, request)), "in_the_past");
    request.expected_on = Date::parse("2026-11-01");
    EXPECT_EQ(account.create(request).expected_on, Date::parse("2026-11-01"));
}

TEST(PurchaseOrder, AnExplanationIsKeptFromPluginsOnly) {
    Buyer account;
    auto request = account.buying({{"TEA", 10}});
    request.explanation = RawJson{"{}"};
    EXPECT_EQ(testing::fault_of(refused_to_create(account, request)), "/explanation plugins_only");
    account.as_plugin("backorder_po");
    EXPECT_TRUE(account.create(request).explanation);
}

TEST(PurchaseOrder, AVendorSeesItsOwnOrdersOnlyAndNotWhatTheyAreFor) {
    Buyer account;
    account.vendor("V2").sells("V2", "TEA", "90.00");
    account.as_plugin("backorder_po");
    auto request = account.buying({{"TEA", 10}});
    request.explanation = RawJson{"{\"lost\":[\"V2\"]}"};
    const auto own = account.create(request);
    const auto other = account.create(account.buying({{"TEA", 5}}, "V2"));
    account.as_vendor("V1");
    EXPECT_FALSE(account.read(own).explanation);
    const auto refusal =
        account.refusal([&](Transaction& t) { return get_purchase_order(t, {other.number}); });
    EXPECT_EQ(refusal.kind(), RefusalKind::not_found);
    const auto page = account.run([](Transaction& t) { return list_purchase_orders(t, {}); });
    ASSERT_EQ(page.items.size(), 1U);
    EXPECT_EQ(page.items[0].number, own.number);
    EXPECT_EQ(account.refusal([](Transaction& t) { return needs(t, {}); }).kind(),
              RefusalKind::forbidden);
}

TEST(PurchaseOrder, AWarehouseKeySeesItsOwnLocationsOnly) {
    Buyer account;
    account.location("DEL");
    const auto here = account.draft({{"TEA", 1}});
    const auto there = account.create(account.buying({{"TEA", 1}}, "V1", "DEL"));
    account.actor.locations = {LocationCode("BLR")};
    EXPECT_EQ(account.read(here).number, here.number);
    EXPECT_EQ(account.refusal([&](Transaction& t) { return get_purchase_order(t, {there.number}); })
                  .kind(),
              RefusalKind::not_found);
    const auto page = account.run([](Transaction& t) { return list_purchase_orders(t, {}); });
    EXPECT_EQ(page.items.size(), 1U);
}

TEST(PurchaseOrder, ListsPageByPageInTheOrderOfMaking) {
    Buyer account;
    for (int i = 0; i < 5; ++i) account.draft({{"TEA", 1}});
    purchasing::ListOrders request;
    request.limit = 2;
    std::vector<std::string> numbers;
    do {
        const auto page =
            account.run([&](Transaction& t) { return list_purchase_orders(t, request); });
        for (const auto& order : page.items) numbers.push_back(order.number.text());
        request.after = page.next;
    } while (request.after);
    EXPECT_EQ(numbers, (std::vector<std::string>{"PO-000001", "PO-000002", "PO-000003", "PO-000004",
                                                 "PO-000005"}));
}

}  // namespace
}  // namespace wharf::domain
