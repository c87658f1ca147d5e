// Goods receipts: posting, tolerance, quality check, reversal.
#include "host/domain/receipt.hpp"

#include "host/domain/testing/purchasing_fixture.hpp"

namespace wharf::domain {
namespace {

using testing::Buyer;
using testing::fault_of;

Refusal refused_to_post(Buyer& account, const receiving::PostReceipt& request) {
    return account.refusal([&](Transaction& t) { return post_receipt(t, request); });
}

Tolerance five_percent(BeyondTolerance beyond) {
    Tolerance rule;
    rule.percent = Percent::whole(5);
    rule.beyond = beyond;
    return rule;
}

void require_quality_check(Buyer& account) {
    account.account.policies.quality_check_required = true;
}

TEST(Receipt, MovesStockInAndTheOrderAhead) {
    Buyer account;
    const auto order = account.approved({{"TEA", 10}});
    auto request = account.receiving_of(order, 4);
    request.vendor_invoice = VendorInvoice{Text<1, 64>("INV-9"), Date::parse("2026-10-20")};
    const auto receipt = account.post(request);
    EXPECT_EQ(receipt.number.text(), "GRN-000001");
    EXPECT_EQ(receipt.status, ReceiptStatus::posted);
    EXPECT_EQ(receipt.vendor->text(), "V1");
    EXPECT_EQ(receipt.lines[0].unit_cost.text(), "100.00");
    EXPECT_EQ(account.level("TEA", "BLR").on_hand, Count(4));
    EXPECT_EQ(account.level("TEA", "BLR").value.text(), "400.00");
    const auto line = account.read(order).lines[0];
    EXPECT_EQ(line.received, Count(4));
    EXPECT_EQ(line.outstanding, Count(6));
    EXPECT_EQ(account.count_events("receipt.posted"), 1);
    account.expect_sound();
}

TEST(Receipt, TheSameReferenceIsPostedOnce) {
    Buyer account;
    const auto order = account.approved({{"TEA", 10}});
    auto request = account.receiving_of(order, 4);
    request.reference = Reference("R-1");
    const auto first = account.post(request);
    EXPECT_EQ(account.post(request).number, first.number);
    EXPECT_EQ(account.level("TEA", "BLR").on_hand, Count(4));
    request.lines[0].quantity = Quantity(5);
    EXPECT_EQ(refused_to_post(account, request).code(), "reference_taken");
}

TEST(Receipt, OnlyAnApprovedOrderIsReceived) {
    Buyer account;
    const auto order = account.draft({{"TEA", 10}});
    const auto refusal = refused_to_post(account, account.receiving_of(order, 1));
    EXPECT_EQ(refusal.kind(), RefusalKind::conflict);
    EXPECT_EQ(refusal.code(), "purchase_order_draft");
    EXPECT_FALSE(refusal.hint().empty());
}

TEST(Receipt, NamesAllFaultsAtOnce) {
    Buyer account;
    account.location("DEL").product("RICE");
    const auto order = account.approved({{"TEA", 10}});
    auto request = account.receiving_of(order, 4, 5);
    request.location = LocationCode("DEL");
    request.vendor = VendorCode("V9");
    auto& line = request.lines.emplace_back();
    line.sku = Sku("RICE");
    line.quantity = Quantity(1);
    line.unit_cost = Money::parse("-1.00");
    const auto refusal = refused_to_post(account, request);
    std::vector<std::string> codes;
    for (const auto& fault : refusal.faults()) codes.push_back(fault.code);
    EXPECT_EQ(codes,
              (std::vector<std::string>{"not_ship_to", "not_the_orders_vendor", "more_than_counted",
                                        "not_on_the_order", "negative"}));
}

TEST(Receipt, WithoutAnOrderItNeedsACostFromSomewhere) {
    Buyer account;
    account.product("RICE");
    receiving::PostReceipt request;
    request.location = LocationCode("BLR");
    request.vendor = VendorCode("V1");
    request.lines.resize(2);
    request.lines[0].sku = Sku("TEA");
    request.lines[0].quantity = Quantity(3);
    request.lines[1].sku = Sku("RICE");
    request.lines[1].quantity = Quantity(2);
    EXPECT_EQ(fault_of(refused_to_post(account, request)), "/lines/1/unit_cost unit_cost_missing");
    request.lines[1].unit_cost = Money::parse("7.00");
    account.post(request);
    EXPECT_EQ(account.level("TEA", "BLR").value.text(), "300.00");
    EXPECT_EQ(account.level("RICE", "BLR").value.text(), "14.00");
    account.expect_sound();
}

TEST(Receipt, RejectedUnitsAreDamagedAndStayOwed) {
    Buyer account;
    const auto order = account.approved({{"TEA", 10}});
    account.receive(order, 10, 3);
    const auto line = account.read(order).lines[0];
    EXPECT_EQ(line.received, Count(7));
    EXPECT_EQ(line.rejected, Count(3));
    EXPECT_EQ(line.outstanding, Count(3));
    EXPECT_EQ(account.level("TEA", "BLR").on_hand, Count(7));
    EXPECT_EQ(account.level("TEA", "BLR", Condition::damaged).on_hand, Count(3));
    account.expect_sound();
}

TEST(Receipt, RejectedWithoutReplacementAreOwedNoMore) {
    Buyer account;
    const auto order = account.approved({{"TEA", 10}});
    auto request = account.receiving_of(order, 10, 3);
    request.lines[0].replace = false;
    const auto receipt = account.post(request);
    EXPECT_EQ(account.read(order).lines[0].cancelled, Count(3));
    EXPECT_EQ(account.read(order).status, PurchaseOrderStatus::completed);
    account.reverse(receipt);
    EXPECT_EQ(account.read(order).lines[0].outstanding, Count(10));
    EXPECT_EQ(account.read(order).status, PurchaseOrderStatus::approved);
    account.expect_sound();
}

TEST(Receipt, TakesAHundredAndFiveOfAHundredAndRefusesOneMore) {
    Buyer account;
    account.account.policies.tolerances = std::vector{five_percent(BeyondTolerance::refuse)};
    const auto order = account.approved({{"TEA", 100}});
    const auto refusal = refused_to_post(account, account.receiving_of(order, 106));
    EXPECT_EQ(refusal.kind(), RefusalKind::conflict);
    EXPECT_EQ(refusal.code(), "beyond_tolerance");
    EXPECT_EQ(refusal.faults().front().pointer, "/lines/0/quantity");
    account.receive(order, 60);
    EXPECT_EQ(refused_to_post(account, account.receiving_of(order, 46)).code(), "beyond_tolerance");
    account.receive(order, 45);
    const auto line = account.read(order).lines[0];
    EXPECT_EQ(line.received, Count(105));
    EXPECT_EQ(line.excess, Count(5));
    EXPECT_EQ(line.outstanding, Count(0));
    EXPECT_EQ(account.read(order).status, PurchaseOrderStatus::completed);
    account.expect_sound();
}

TEST(Receipt, ExcessIsPutAsideAsBlocked) {
    Buyer account;
    account.account.policies.tolerances = std::vector{five_percent(BeyondTolerance::quarantine)};
    const auto order = account.approved({{"TEA", 100}});
    const auto receipt = account.receive(order, 110);
    EXPECT_EQ(receipt.lines[0].excess, Count(5));
    ASSERT_EQ(receipt.warnings.size(), 1U);
    EXPECT_EQ(receipt.warnings[0].code, "excess");
    EXPECT_EQ(account.level("TEA", "BLR").on_hand, Count(105));
    EXPECT_EQ(account.level("TEA", "BLR", Condition::blocked).on_hand, Count(5));
    EXPECT_EQ(account.read(order).lines[0].excess, Count(10));
    account.reverse(receipt);
    EXPECT_EQ(account.level("TEA", "BLR", Condition::blocked).on_hand, Count(0));
    account.expect_sound();
}

TEST(Receipt, BeyondToleranceItWaitsAndMovesNothingUntilApproved) {
    Buyer account;
    account.account.policies.tolerances =
        std::vector{five_percent(BeyondTolerance::wait_for_approval)};
    const auto order = account.approved({{"TEA", 100}});
    const auto waiting = account.receive(order, 110);
    EXPECT_EQ(waiting.status, ReceiptStatus::waiting_for_approval);
    EXPECT_EQ(account.level("TEA", "BLR").on_hand, Count(0));
    EXPECT_EQ(account.read(order).lines[0].received, Count(0));
    account.expect_sound();
    const auto receipt = account.run([&](Transaction& t) {
        return approve_receipt(t, receiving::ApproveReceipt{waiting.number});
    });
    EXPECT_EQ(receipt.number, waiting.number);
    EXPECT_EQ(receipt.status, ReceiptStatus::posted);
    EXPECT_EQ(account.level("TEA", "BLR").on_hand, Count(110));
    EXPECT_EQ(account.refusal([&](Transaction& t) { return approve_receipt(t, {waiting.number}); })
                  .code(),
              "receipt_not_waiting");
    account.expect_sound();
}

TEST(Receipt, AWaitingOneMayBeWithdrawn) {
    Buyer account;
    account.account.policies.tolerances =
        std::vector{five_percent(BeyondTolerance::wait_for_approval)};
    const auto order = account.approved({{"TEA", 100}});
    const auto waiting = account.receive(order, 110);
    EXPECT_EQ(account.reverse(waiting).status, ReceiptStatus::reversed);
    EXPECT_EQ(account.refusal([&](Transaction& t) { return approve_receipt(t, {waiting.number}); })
                  .code(),
              "receipt_not_waiting");
    account.expect_sound();
}

TEST(Receipt, NamesTheDatesThatALotLacks) {
    Buyer account;
    catalog::PutProduct product;
    product.sku = Sku("MILK");
    product.name = Name("Milk");
    product.tracking = Tracking::lot;
    product.expiry_required = true;
    product.manufactured_required = true;
    account.run([&](Transaction& t) { return put_product(t, product); });
    account.sells("V1", "MILK", "30.00");
    const auto order = account.approved({{"MILK", 10}});
    auto request = account.receiving_of(order, 10);
    EXPECT_EQ(fault_of(refused_to_post(account, request)), "/lines/0/lot lot_required");
    request.lines[0].lot = LotCode("L1");
    const auto refusal = refused_to_post(account, request);
    ASSERT_EQ(refusal.faults().size(), 2U);
    EXPECT_EQ(refusal.faults()[0].pointer, "/lines/0/expires_on");
    EXPECT_EQ(refusal.faults()[1].pointer, "/lines/0/manufactured_on");
    request.lines[0].expires_on = Date::parse("2026-12-31");
    request.lines[0].manufactured_on = Date::parse("2026-10-01");
    request.lines[0].quantity = Quantity(4);
    account.post(request);
    request.lines[0].expires_on.reset();
    request.lines[0].manufactured_on.reset();
    EXPECT_EQ(account.post(request).lines[0].expires_on, Date::parse("2026-12-31"));
    request.lines[0].expires_on = Date::parse("2027-01-31");
    EXPECT_EQ(refused_to_post(account, request).code(), "lot_differs");
    account.expect_sound();
}

TEST(Receipt, AVendorInvoiceMayComeLater) {
    Buyer account;
    const auto receipt = account.receive(account.approved({{"TEA", 10}}), 10);
    receiving::SetVendorInvoice request{receipt.number, {Text<1, 64>("INV-1"), std::nullopt}};
    const auto changed =
        account.run([&](Transaction& t) { return set_vendor_invoice(t, request); });
    EXPECT_EQ(changed.vendor_invoice->number.text(), "INV-1");
    EXPECT_EQ(changed.version, 2);
}

TEST(QualityCheck, StockIsSellableAfterInspectionOnly) {
    Buyer account;
    require_quality_check(account);
    const auto order = account.approved({{"TEA", 10}});
    const auto receipt = account.receive(order, 10);
    EXPECT_EQ(receipt.lines[0].condition, Condition::quality_check);
    EXPECT_EQ(account.level("TEA", "BLR").on_hand, Count(0));
    EXPECT_EQ(account.read(order).status, PurchaseOrderStatus::completed);
    account.inspect(receipt, 6, 1);
    EXPECT_EQ(account.level("TEA", "BLR").on_hand, Count(6));
    EXPECT_EQ(account.level("TEA", "BLR", Condition::damaged).on_hand, Count(1));
    EXPECT_EQ(account.level("TEA", "BLR", Condition::quality_check).on_hand, Count(3));
    EXPECT_EQ(account.inspect(receipt, 3, 0).lines[0].inspected, Count(10));
    EXPECT_EQ(account.count_events("receipt.inspected"), 2);
    account.expect_sound();
}

TEST(QualityCheck, MoreThanWaitsCannotBeInspected) {
    Buyer account;
    require_quality_check(account);
    const auto receipt = account.receive(account.approved({{"TEA", 10}}), 10);
    account.inspect(receipt, 8, 0);
    const auto refusal = account.refusal(
        [&](Transaction& t) { return inspect_receipt(t, account.inspecting(receipt, 2, 1)); });
    EXPECT_EQ(fault_of(refusal), "/lines/0 out_of_range");
}

TEST(QualityCheck, PegsWaitOnTheReceiptAndAreServedFirst) {
    Buyer account;
    require_quality_check(account);
    const auto early = account.order("SO-1", {{"TEA", 5}});
    account.pass_days(1);
    const auto late = account.order("SO-2", {{"TEA", 4}});
    const auto order = account.approved({{"TEA", 6}});
    planning::PegSupply request;
    request.covers.push_back({account.supply(order), Quantity(4), late.number, {}, {}});
    account.run([&](Transaction& t) { return peg_supply(t, request); });
    const auto receipt = account.receive(order, 6);
    EXPECT_EQ(account.pegs(), (std::vector<std::string>{"SO-000002/1 <- GRN-000001/1: 4"}));
    EXPECT_EQ(account.need().quality_check, Count(2));
    account.expect_sound();
    account.inspect(receipt, 5, 1);
    EXPECT_EQ(account.read(late).lines[0].reserved, Count(4));
    EXPECT_EQ(account.read(early).lines[0].reserved, Count(1));
    EXPECT_TRUE(account.pegs().empty());
    account.expect_sound();
}

// Goods are promised from a shelf only. Of two orders the later one is pegged to four of six.
class Putaway : public ::testing::Test {
protected:
    Putaway() {
        account.account.policies.putaway_required = true;
        early = account.order("SO-1", {{"TEA", 5}});
        account.pass_days(1);
        late = account.order("SO-2", {{"TEA", 4}});
        order = account.approved({{"TEA", 6}});
        planning::PegSupply request;
        request.covers.push_back({account.supply(order), Quantity(4), late.number, {}, {}});
        account.run([&](Transaction& t) { return peg_supply(t, request); });
    }
    void TearDown() override { account.expect_sound(); }

    void shelve(std::int64_t quantity) {
        inventory::MoveBin request;
        request.location = LocationCode("BLR");
        request.sku = Sku("TEA");
        request.from_bin = BinCode("DEFAULT");
        request.to_bin = BinCode("A-01");
        request.quantity = Quantity(quantity);
        account.run([&](Transaction& t) { return move_bin(t, request); });
    }
    std::int64_t reserved(const SalesOrder& sold) {
        account.expect_sound();
        return account.read(sold).lines[0].reserved.raw();
    }

    Buyer account;
    SalesOrder early;
    SalesOrder late;
    PurchaseOrder order;
};

TEST_F(Putaway, PegsWaitOnTheReceiptAndAreServedWhenItIsShelved) {
    account.receive(order, 6);
    EXPECT_EQ(account.pegs(), (std::vector<std::string>{"SO-000002/1 <- GRN-000001/1: 4"}));
    EXPECT_EQ(account.need().pegged, Count(4));
    EXPECT_EQ(account.need().sellable, Count(2));
    EXPECT_EQ(account.need().quality_check, Count(0));
    shelve(3);
    EXPECT_EQ(reserved(late), 3);
    EXPECT_EQ(reserved(early), 0);
    EXPECT_EQ(account.pegs(), (std::vector<std::string>{"SO-000002/1 <- GRN-000001/1: 1"}));
    shelve(3);
    EXPECT_EQ(reserved(late), 4);
    EXPECT_EQ(reserved(early), 2);
    EXPECT_TRUE(account.pegs().empty());
}

TEST_F(Putaway, ComesAfterQualityCheck) {
    require_quality_check(account);
    const auto receipt = account.receive(order, 6);
    account.inspect(receipt, 2, 0);
    EXPECT_EQ(account.need().quality_check, Count(2));
    account.inspect(receipt, 3, 1);
    EXPECT_EQ(account.pegs(), (std::vector<std::string>{"SO-000002/1 <- GRN-000001/1: 4"}));
    EXPECT_EQ(account.need().sellable, Count(1));
    EXPECT_EQ(account.need().quality_check, Count(0));
    EXPECT_EQ(reserved(late), 0);
    shelve(5);
    EXPECT_EQ(reserved(late), 4);
    EXPECT_EQ(reserved(early), 1);
}

TEST_F(Putaway, AReceiptOntoAShelfServesAtOnce) {
    auto request = account.receiving_of(order, 6);
    request.lines[0].bin = BinCode("A-01");
    account.post(request);
    EXPECT_EQ(reserved(late), 4);
    EXPECT_EQ(reserved(early), 2);
}

TEST_F(Putaway, WhatIsLostOnTheDockIsNeedAgain) {
    account.receive(order, 6);
    account.change("TEA", "BLR", -4, "loss");
    EXPECT_EQ(account.pegs(), (std::vector<std::string>{"SO-000002/1 <- GRN-000001/1: 2"}));
    shelve(2);
    EXPECT_EQ(reserved(late), 2);
}

TEST_F(Putaway, ADemandThatShrinksLeavesFreeStockOnTheDock) {
    account.receive(order, 6);
    account.amend(late, 1, 1);
    EXPECT_EQ(account.need().sellable, Count(5));
    shelve(6);
    EXPECT_EQ(reserved(late), 1);
    EXPECT_EQ(reserved(early), 5);
}

TEST_F(Putaway, AReversedReceiptGivesThePegsBackToTheOrder) {
    account.reverse(account.receive(order, 6));
    EXPECT_EQ(account.pegs(), (std::vector<std::string>{"SO-000002/1 <- PO-000001/1: 4"}));
}

TEST_F(Putaway, WhereItIsNotRequiredAnyMorePegsAreServedFirst) {
    account.receive(order, 6);
    account.account.policies.putaway_required = false;
    account.stock("TEA", "BLR", 1);
    EXPECT_EQ(reserved(late), 4);
    EXPECT_EQ(reserved(early), 3);
}

TEST_F(Putaway, AnotherReceivingBinIsShelvingToo) {
    account.receive(order, 6);
    catalog::PutLocation request;
    request.code = LocationCode("BLR");
    request.name = Name("Bengaluru");
    request.default_bin = BinCode("DOCK");
    account.run([&](Transaction& t) { return put_location(t, request); });
    account.run([&](Transaction& t) { return allocate_order(t, {early.number}); });
    EXPECT_EQ(reserved(late), 4);
    EXPECT_EQ(reserved(early), 2);
}

TEST_F(Putaway, PegsThatAreNotThereAnyMoreAreFound) {
    account.receive(order, 6);
    account.session().execute("UPDATE receipt_line SET docked = 5, waiting = 5");
    ASSERT_FALSE(account.verification().ok);
    EXPECT_EQ(account.verification().violations.front().invariant, "P2");
    account.session().execute("UPDATE receipt_line SET docked = 4, waiting = 4");
}

TEST(Receipt, KeepsThePackThatItWasCountedIn) {
    Buyer account;
    account.packed_product("BOX").sells("V1", "BOX", "10.00");
    account.account.policies.tolerances =
        std::vector{five_percent(BeyondTolerance::wait_for_approval)};
    const auto order = account.approved({{"BOX", 24}});
    auto request = account.receiving_of(order, 2);
    request.lines[0].unit = UnitCode("CASE");
    const auto line = account.post(request).lines[0];
    EXPECT_EQ(line.quantity, Quantity(24));
    EXPECT_EQ(line.unit->text(), "CASE");
    EXPECT_EQ(line.unit_quantity, Quantity(2));

    const auto other = account.approved({{"BOX", 24}});
    request = account.receiving_of(other, 3);
    request.lines[0].unit = UnitCode("CASE");
    const auto waiting = account.post(request);
    account.run([&](Transaction& t) { return approve_receipt(t, {waiting.number}); });
    const auto read = account.run([&](Transaction& t) { return get_receipt(t, {waiting.number}); });
    EXPECT_EQ(read.status, ReceiptStatus::posted);
    EXPECT_EQ(read.lines[0].quantity, Quantity(36));
    EXPECT_EQ(read.lines[0].unit_quantity, Quantity(3));
    account.expect_sound();
}

TEST(ReceiptReversal, TakesEverythingBackAndTheOrderIsOpenAgain) {
    Buyer account;
    const auto order = account.approved({{"TEA", 10}});
    const auto receipt = account.receive(order, 10, 2);
    account.receive(order, 2);
    EXPECT_EQ(account.read(order).status, PurchaseOrderStatus::completed);
    EXPECT_EQ(account.reverse(receipt).status, ReceiptStatus::reversed);
    EXPECT_EQ(account.read(order).status, PurchaseOrderStatus::approved);
    EXPECT_EQ(account.read(order).lines[0].outstanding, Count(8));
    EXPECT_EQ(account.read(order).lines[0].rejected, Count(0));
    EXPECT_EQ(account.level("TEA", "BLR").on_hand, Count(2));
    EXPECT_EQ(
        account.refusal([&](Transaction& t) {
                   return reverse_receipt(t, {receipt.number, {}});
               })
            .code(),
        "receipt_reversed");
    account.expect_sound();
}

TEST(ReceiptReversal, OnAClosedOrderTheUnitsBecomeCancelled) {
    Buyer account;
    const auto order = account.approved({{"TEA", 10}});
    const auto receipt = account.receive(order, 4);
    account.close(order);
    account.reverse(receipt);
    const auto after = account.read(order);
    EXPECT_EQ(after.status, PurchaseOrderStatus::completed);
    EXPECT_TRUE(after.closed);
    EXPECT_EQ(after.lines[0].cancelled, Count(10));
    account.expect_sound();
}

TEST(ReceiptReversal, IsRefusedOnceTheStockMovedOnOrWasInspected) {
    Buyer account;
    const auto order = account.approved({{"TEA", 10}});
    const auto receipt = account.receive(order, 10);
    account.change("TEA", "BLR", -1, "loss");
    EXPECT_EQ(
        account.refusal([&](Transaction& t) {
                   return reverse_receipt(t, {receipt.number, {}});
               })
            .code(),
        "stock_moved_on");
    require_quality_check(account);
    const auto checked = account.receive(account.approved({{"TEA", 5}}), 5);
    account.inspect(checked, 1, 0);
    EXPECT_EQ(
        account.refusal([&](Transaction& t) {
                   return reverse_receipt(t, {checked.number, {}});
               })
            .code(),
        "receipt_inspected");
    account.expect_sound();
}

TEST(ReceiptReversal, GivesPromisedStockBackToWaiting) {
    Buyer account;
    const auto sold = account.order("SO-1", {{"TEA", 8}});
    const auto order = account.approved({{"TEA", 10}});
    const auto receipt = account.receive(order, 10);
    EXPECT_EQ(account.read(sold).lines[0].reserved, Count(8));
    account.reverse(receipt);
    EXPECT_EQ(account.read(sold).lines[0].waiting, Count(8));
    EXPECT_EQ(account.count_events("reservation.released"), 1);
    account.expect_sound();
}

TEST(ReceiptReversal, PegsOfGoodsInQualityCheckGoBackToTheOrder) {
    Buyer account;
    require_quality_check(account);
    account.order("SO-1", {{"TEA", 5}});
    const auto order = account.approved({{"TEA", 10}});
    account.peg_to(account.supply(order), 5);
    const auto receipt = account.receive(order, 10);
    account.reverse(receipt);
    EXPECT_EQ(account.pegs(), (std::vector<std::string>{"SO-000001/1 <- PO-000001/1: 5"}));
    account.expect_sound();
}

TEST(Receipt, AVendorsKeySeesItsOwnOnly) {
    Buyer account;
    account.vendor("V2");
    const auto receipt = account.receive(account.approved({{"TEA", 10}}), 10);
    account.as_vendor("V2");
    EXPECT_EQ(
        account.refusal([&](Transaction& t) { return get_receipt(t, {receipt.number}); }).kind(),
        RefusalKind::not_found);
    EXPECT_TRUE(account.run([](Transaction& t) { return list_receipts(t, {}); }).items.empty());
    account.as_vendor("V1");
    EXPECT_EQ(account.run([](Transaction& t) { return list_receipts(t, {}); }).items.size(), 1U);
}

}  // namespace
}  // namespace wharf::domain
