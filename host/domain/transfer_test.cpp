#include "host/domain/testing/transfer_fixture.hpp"

#include "host/domain/planning.hpp"

namespace wharf::domain::testing {
namespace {

class TransferTest : public ::testing::Test {
protected:
    void TearDown() override { account.expect_sound(); }

    Refusal refused(const transfers::Create& request) {
        return account.refusal([&](Transaction& t) { return create_transfer(t, request); });
    }
    Refusal refused(const transfers::Approve& request) {
        return account.refusal([&](Transaction& t) { return approve_transfer(t, request); });
    }
    Refusal refused(const transfers::Dispatch& request) {
        return account.refusal([&](Transaction& t) { return dispatch_transfer(t, request); });
    }
    Refusal refused(const transfers::Receive& request) {
        return account.refusal([&](Transaction& t) { return receive_transfer(t, request); });
    }
    Refusal refused(const transfers::Cancel& request) {
        return account.refusal([&](Transaction& t) { return cancel_transfer(t, request); });
    }
    static transfers::DispatchLine leaving(std::int32_t line, std::int64_t quantity) {
        transfers::DispatchLine wanted;
        wanted.line = line;
        wanted.quantity = Quantity(quantity);
        return wanted;
    }

    Mover account;
};

TEST_F(TransferTest, ADraftHoldsNothingAndIsSupplyAtItsDestination) {
    account.stock("TEA", "BLR", 10);
    const auto transfer = account.draft({{"TEA", 6}});
    EXPECT_EQ(transfer.number.text(), "STN-000001");
    EXPECT_EQ(transfer.status, TransferStatus::draft);
    EXPECT_EQ(account.level("TEA", "BLR").reserved.raw(), 0);
    EXPECT_EQ(transfer.lines[0].owed.raw(), 6);
}

TEST_F(TransferTest, ApprovingReservesAndDispatchingMovesAtCost) {
    account.stock("TEA", "BLR", 10, "90.00");
    const auto transfer = account.approved({{"TEA", 6}});
    EXPECT_EQ(transfer.status, TransferStatus::approved);
    EXPECT_EQ(account.level("TEA", "BLR").reserved.raw(), 6);
    const auto sent = account.dispatch(transfer);
    EXPECT_EQ(sent.status, TransferStatus::dispatched);
    EXPECT_EQ(sent.lines[0].in_transit.raw(), 6);
    EXPECT_EQ(sent.lines[0].value.text(), "540.00");
    EXPECT_EQ(account.level("TEA", "BLR").on_hand.raw(), 4);
    EXPECT_EQ(account.outside("@transit").on_hand.raw(), 6);
}

TEST_F(TransferTest, WhatComesIsWorthWhatLeftHoweverManyStepsItTakes) {
    account.stock("TEA", "BLR", 3, "33.333333");
    const auto sent = account.dispatched({{"TEA", 3}});
    account.receive(sent, 1, 1);
    account.receive(sent, 1, 1);
    const auto last = account.receive(sent, 1, 1);
    EXPECT_EQ(last.status, TransferStatus::received);
    EXPECT_EQ(account.level("TEA", "DEL").value, sent.lines[0].value);
    EXPECT_EQ(account.outside("@transit").on_hand.raw(), 0);
    EXPECT_EQ(account.outside("@transit").value, Money());
}

TEST_F(TransferTest, DamagedUnitsArriveDamaged) {
    account.stock("TEA", "BLR", 5);
    const auto got = account.receive(account.dispatched({{"TEA", 5}}), 1, 3, 2);
    EXPECT_EQ(got.status, TransferStatus::received);
    EXPECT_EQ(got.lines[0].received.raw(), 5);
    EXPECT_EQ(got.lines[0].damaged.raw(), 2);
    EXPECT_EQ(account.level("TEA", "DEL").on_hand.raw(), 3);
    EXPECT_EQ(account.level("TEA", "DEL", Condition::damaged).on_hand.raw(), 2);
}

TEST_F(TransferTest, ALotKeepsItsExpiryAndTheNamedOneLeaves) {
    account.lot("MILK", "BLR", "L1", 5, "2026-12-01").lot("MILK", "BLR", "L2", 5, "2027-01-01");
    const auto transfer = account.approved({{"MILK", 4}});
    auto wanted = leaving(1, 4);
    wanted.lot = LotCode("L2");  // L1 was reserved, being first to expire
    account.dispatch(transfer, {wanted});
    account.receive(transfer, 1, 4);
    EXPECT_EQ(account.level("MILK", "BLR").reserved.raw(), 0);
    const auto at = account.run([](Transaction& t) {
        inventory::Levels request;
        request.location = LocationCode("DEL");
        return levels(t, request);
    });
    ASSERT_EQ(at.items.size(), 1U);
    EXPECT_EQ(at.items[0].lot, LotCode("L2"));
    const auto parts = account.run([&](Transaction& t) {
        return transfer_parts(t, {transfer.number, 50, std::nullopt});
    });
    EXPECT_EQ(parts.items[0].expires_on, Date::parse("2027-01-01"));
}

TEST_F(TransferTest, ALockedOrExpiredLotStays) {
    account.lot("MILK", "BLR", "OLD", 5, "2026-10-01").lot("MILK", "BLR", "L1", 5, "2026-12-01");
    auto request = Mover::moving({{"MILK", 2}});
    request.lines[0].lot = LotCode("OLD");
    EXPECT_EQ(refused(request).code(), "lot_expired");
    account.run([](Transaction& t) {
        return lock_lot(t, {Sku("MILK"), LotCode("L1"), std::nullopt});
    });
    request.lines[0].lot = LotCode("L1");
    EXPECT_EQ(refused(request).code(), "lot_locked");
    request.lines[0].lot.reset();
    const auto transfer = account.create(request);
    EXPECT_EQ(refused(transfers::Approve{transfer.number, false}).code(), "insufficient_stock");
}

TEST_F(TransferTest, ALotThatIsLockedAfterApprovalDoesNotLeave) {
    account.lot("MILK", "BLR", "L1", 5, "2026-12-01");
    const auto transfer = account.approved({{"MILK", 2}});
    account.run([](Transaction& t) {
        return lock_lot(t, {Sku("MILK"), LotCode("L1"), std::nullopt});
    });
    EXPECT_EQ(refused(transfers::Dispatch{transfer.number, {}}).code(), "nothing_reserved");
    auto wanted = leaving(1, 2);
    wanted.lot = LotCode("L1");
    const auto refusal = refused(transfers::Dispatch{transfer.number, std::vector{wanted}});
    EXPECT_EQ(refusal.kind(), RefusalKind::conflict);
    EXPECT_EQ(refusal.faults().back().code, "lot_locked");
}

TEST_F(TransferTest, SerialsKeepTheirIdentityAndCost) {
    account.serials("PHONE", "BLR", {"P1", "P2", "P3"});
    const auto transfer = account.approved({{"PHONE", 2}});
    auto wanted = leaving(1, 2);
    wanted.serials = std::vector{Serial("P1"), Serial("P3")};
    account.dispatch(transfer, {wanted});
    auto request = Mover::receiving(transfer, 1, 1, 1);
    request.lines->front().serials = std::vector{Serial("P3")};
    request.lines->front().damaged_serials = std::vector{Serial("P1")};
    account.receive(request);
    const auto state = account.run([](Transaction& t) { return get_serial(t, {Serial("P3")}); });
    EXPECT_EQ(state.place.location, LocationCode("DEL"));
    EXPECT_EQ(state.cost.text(), "90.00");
    EXPECT_EQ(account.level("PHONE", "DEL", Condition::damaged).on_hand.raw(), 1);
}

TEST_F(TransferTest, ASerialThatIsElsewhereIsRefusedWithWhereItIs) {
    account.serials("PHONE", "BLR", {"P1", "P2"}).serials("PHONE", "DEL", {"P9"});
    auto request = Mover::moving({{"PHONE", 1}});
    request.lines[0].serials = std::vector{Serial("P9")};
    const auto refusal = refused(request);
    EXPECT_EQ(refusal.code(), "serial_not_there");
    EXPECT_NE(refusal.detail().find("is at DEL"), std::string::npos);
    const auto transfer = account.approved({{"PHONE", 1}});
    auto wanted = leaving(1, 1);
    wanted.serials = std::vector{Serial("P9")};
    EXPECT_EQ(refused(transfers::Dispatch{transfer.number, std::vector{wanted}}).code(),
              "serial_not_there");
}

TEST_F(TransferTest, AUnitThatIsUnderWayIsNowhereElse) {
    account.serials("PHONE", "BLR", {"P1"});
    auto wanted = leaving(1, 1);
    wanted.serials = std::vector{Serial("P1")};
    const auto transfer = account.dispatch(account.approved({{"PHONE", 1}}), {wanted});
    auto found = TestAccount::adjustment("DEL", "found");
    auto& line = found.lines.emplace_back();
    line.sku = Sku("PHONE");
    line.quantity = SignedQuantity(1);
    line.unit_cost = Money::parse("1.00");
    line.serials = std::vector{Serial("P1")};
    const auto adjusted = account.refusal([&](Transaction& t) { adjust(t, found); });
    EXPECT_EQ(adjusted.code(), "serial_already_here");
    EXPECT_NE(adjusted.detail().find("is in transit"), std::string::npos);

    auto request = Mover::receiving(transfer, 1, 0, 0, 1);
    auto& excess = request.excess->emplace_back();
    excess.sku = Sku("PHONE");
    excess.quantity = Quantity(1);
    excess.serials = std::vector{Serial("P1")};
    EXPECT_EQ(refused(request).code(), "serial_already_here");
}

TEST_F(TransferTest, MoreThanIsAvailableIsRefusedWhole) {
    account.stock("TEA", "BLR", 5);
    account.order("SO-1", {{"TEA", 2}});
    const auto transfer = account.draft({{"TEA", 4}});
    const auto refusal = refused(transfers::Approve{transfer.number, false});
    EXPECT_EQ(refusal.code(), "insufficient_stock");
    EXPECT_EQ(refusal.faults()[0].pointer, "/lines/0/quantity");
    EXPECT_EQ(account.look(transfer).status, TransferStatus::draft);
    EXPECT_EQ(account.level("TEA", "BLR").reserved.raw(), 2);
}

TEST_F(TransferTest, ATransferThatMayWaitIsDemandAtItsSource) {
    account.stock("TEA", "BLR", 3);
    const auto transfer = account.approve(account.draft({{"TEA", 5}}), true);
    EXPECT_EQ(transfer.lines[0].reserved.raw(), 3);
    EXPECT_EQ(transfer.lines[0].waiting.raw(), 2);
    account.change("TEA", "BLR", 2, "found");
    EXPECT_EQ(account.look(transfer).lines[0].reserved.raw(), 5);
}

TEST_F(TransferTest, TheEndsAreTwoActiveLocationsThatHoldStock) {
    auto request = Mover::moving({{"TEA", 1}});
    request.destination = request.source;
    EXPECT_EQ(refused(request).faults()[0].code, "same_location");
    request.destination = LocationCode("NOWHERE");
    EXPECT_EQ(refused(request).faults()[0].code, "unknown_location");
    account.stock("TEA", "BLR", 5);
    const auto transfer = account.approved({{"TEA", 1}});
    catalog::PutLocation closed;
    closed.code = LocationCode("DEL");
    closed.name = Name("Delhi");
    closed.active = false;
    account.run([&](Transaction& t) { return put_location(t, closed); });
    request.destination = LocationCode("DEL");
    EXPECT_EQ(refused(request).faults()[0].code, "inactive_location");
    EXPECT_EQ(refused(transfers::Dispatch{transfer.number, {}}).code(), "inactive_location");
}

TEST_F(TransferTest, ATransferIsDispatchedOnceAndWhatStaysIsGivenBack) {
    account.stock("TEA", "BLR", 5);
    const auto transfer = account.approved({{"TEA", 5}});
    const auto sent = account.dispatch(transfer, {leaving(1, 3)});
    EXPECT_EQ(sent.lines[0].dispatched.raw(), 3);
    EXPECT_EQ(sent.lines[0].cancelled.raw(), 2);
    EXPECT_EQ(account.level("TEA", "BLR").available.raw(), 2);
    const auto refusal = refused(transfers::Dispatch{transfer.number, {}});
    EXPECT_EQ(refusal.code(), "already_dispatched");
    EXPECT_EQ(refusal.kind(), RefusalKind::conflict);
}

TEST_F(TransferTest, ADraftIsNotDispatchedAndAnUndispatchedOneNotReceived) {
    account.stock("TEA", "BLR", 5);
    const auto transfer = account.draft({{"TEA", 5}});
    EXPECT_EQ(refused(transfers::Dispatch{transfer.number, {}}).code(), "not_approved");
    EXPECT_EQ(refused(Mover::receiving(transfer, 1, 1)).code(), "not_dispatched");
}

TEST_F(TransferTest, MoreThanIsOnTheWayIsExcessAndNotReceived) {
    account.stock("TEA", "BLR", 5);
    const auto sent = account.dispatched({{"TEA", 5}});
    EXPECT_EQ(refused(Mover::receiving(sent, 1, 6)).code(), "exceeds_in_transit");
    account.receive(sent, 1, 5);
    EXPECT_EQ(refused(Mover::receiving(sent, 1, 1)).code(), "nothing_in_transit");
}

TEST_F(TransferTest, RowsOfOneLineAreOneSum) {
    account.stock("TEA", "BLR", 5);
    const auto sent = account.dispatched({{"TEA", 5}});
    auto request = Mover::receiving(sent, 1, 3);
    request.lines->push_back(request.lines->front());
    const auto refusal = refused(request);
    EXPECT_EQ(refusal.code(), "exceeds_in_transit");
    EXPECT_EQ(refusal.faults().at(0).pointer, "/lines/1/quantity");
    request.lines->back().quantity = Count(2);
    EXPECT_EQ(account.receive(request).lines[0].received.raw(), 5);
}

TEST_F(TransferTest, ASalesStepOnATransferIsRefused) {
    account.stock("TEA", "BLR", 5);
    const auto transfer = account.approved({{"TEA", 2}});
    sales::ShipOrder ship;
    ship.number = transfer.number;
    EXPECT_EQ(account.refusal([&](Transaction& t) { return ship_order(t, ship); }).code(),
              "is_a_transfer");
}

TEST_F(TransferTest, CancellingOnTheSalesSideIsSeenByTheTransfer) {
    account.stock("TEA", "BLR", 5);
    const auto transfer = account.approved({{"TEA", 2}});
    sales::CancelOrder cancel;
    cancel.number = transfer.number;
    account.run([&](Transaction& t) { return cancel_order(t, cancel); });
    EXPECT_EQ(account.look(transfer).status, TransferStatus::cancelled);
    EXPECT_EQ(account.look(transfer).lines[0].owed.raw(), 0);
}

TEST_F(TransferTest, AmendingKeepsToWhatTheSourceHas) {
    account.stock("TEA", "BLR", 5);
    const auto transfer = account.approved({{"TEA", 2}});
    transfers::Amend amend;
    amend.number = transfer.number;
    amend.lines->push_back({1, Count(4)});
    const auto more = account.run([&](Transaction& t) { return amend_transfer(t, amend); });
    EXPECT_EQ(more.lines[0].reserved.raw(), 4);
    amend.lines->front().quantity = Count(6);
    EXPECT_EQ(account.refusal([&](Transaction& t) { return amend_transfer(t, amend); }).code(),
              "insufficient_stock");
    amend.lines->front().quantity = Count(0);
    const auto none = account.run([&](Transaction& t) { return amend_transfer(t, amend); });
    EXPECT_EQ(none.status, TransferStatus::cancelled);
}

TEST_F(TransferTest, ALineKeepsThePackThatItWasAskedForIn) {
    account.packed_product("BOX");
    account.stock("BOX", "BLR", 40);
    auto request = Mover::moving({{"BOX", 3}});
    request.lines[0].unit = UnitCode("CASE");
    const auto made = account.create(request);
    EXPECT_EQ(made.lines[0].unit_quantity, Quantity(3));
    const auto read = account.look(account.approve(made)).lines[0];
    EXPECT_EQ(read.quantity, Quantity(36));
    EXPECT_EQ(read.unit->text(), "CASE");
    EXPECT_EQ(read.unit_quantity, Quantity(3));
}

TEST_F(TransferTest, TheSameReferenceGivesTheSameTransfer) {
    auto request = Mover::moving({{"TEA", 1}});
    request.reference = Reference("W-1");
    EXPECT_EQ(account.create(request).number, account.create(request).number);
    request.lines[0].quantity = Quantity(2);
    EXPECT_EQ(refused(request).code(), "reference_taken");
}

TEST_F(TransferTest, AKeyOfOneLocationActsThereOnly) {
    account.location("BOM").stock("TEA", "BLR", 5);
    const auto transfer = account.draft({{"TEA", 2}});
    account.actor.locations = {LocationCode("DEL")};
    EXPECT_EQ(account.look(transfer).number, transfer.number);
    EXPECT_EQ(refused(transfers::Approve{transfer.number, false}).code(), "other_location");
    account.actor.locations = {LocationCode("BLR")};
    const auto sent = account.dispatch(account.approve(transfer));
    EXPECT_EQ(refused(Mover::receiving(sent, 1, 1)).code(), "other_location");
    account.actor.locations = {LocationCode("BOM")};
    EXPECT_EQ(
        account.refusal([&](Transaction& t) { return get_transfer(t, {transfer.number}); }).kind(),
        RefusalKind::not_found);
    account.actor.locations.clear();
}

TEST_F(TransferTest, GoodsThatArriveServeTheLinesPeggedToThem) {
    account.stock("TEA", "BLR", 5);
    auto placing = TestAccount::placing({{"TEA", 3}}, "DEL");
    const auto order = account.place(placing);
    const auto transfer = account.approved({{"TEA", 5}});
    account.run([&](Transaction& t) {
        planning::PegFreeSupply request;
        request.location = LocationCode("DEL");
        return peg_free_supply(t, request);
    });
    EXPECT_EQ(account.look(transfer).lines[0].pegged.raw(), 3);
    account.dispatch(transfer);
    EXPECT_EQ(account.look(transfer).lines[0].pegged.raw(), 3);
    account.receive(transfer, 1, 5);
    EXPECT_EQ(account.read(order).lines[0].reserved.raw(), 3);
    EXPECT_EQ(account.look(transfer).lines[0].pegged.raw(), 0);
    EXPECT_EQ(account.level("TEA", "DEL").available.raw(), 2);
}

TEST_F(TransferTest, WhatIsMissingIsNoSupplyAnyMore) {
    account.stock("TEA", "BLR", 5);
    account.place(TestAccount::placing({{"TEA", 5}}, "DEL"));
    const auto transfer = account.approved({{"TEA", 5}});
    account.run([&](Transaction& t) {
        planning::PegFreeSupply request;
        request.location = LocationCode("DEL");
        return peg_free_supply(t, request);
    });
    account.dispatch(transfer);
    account.receive(transfer, 1, 2, 0, 3);
    const auto needs = account.run([&](Transaction& t) { return domain::needs(t, {}); });
    ASSERT_EQ(needs.items.size(), 1U);
    EXPECT_EQ(needs.items[0].waiting.raw(), 3);
    EXPECT_EQ(needs.items[0].pegged.raw(), 0);
    EXPECT_EQ(needs.items[0].in_transit.raw(), 0);
}

}  // namespace
}  // namespace wharf::domain::testing
