// Serials that a transfer named are kept for it from its approval until it leaves.
#include "host/domain/serial_holds.hpp"

#include "host/domain/testing/transfer_fixture.hpp"

namespace wharf::domain::testing {
namespace {

std::vector<Serial> serials_of(const std::vector<std::string>& codes) {
    return {codes.begin(), codes.end()};
}

class HeldSerials : public ::testing::Test {
protected:
    HeldSerials() { account.serials("PHONE", "BLR", {"P1", "P2", "P3"}); }
    void TearDown() override { account.expect_sound(); }

    static transfers::Create naming(const std::vector<std::string>& codes) {
        auto request = Mover::moving({{"PHONE", static_cast<std::int64_t>(codes.size())}});
        request.lines[0].serials = serials_of(codes);
        return request;
    }
    // Empty: for nobody.
    std::string kept_for(const std::string& serial) {
        const auto state =
            account.run([&](Transaction& t) { return get_serial(t, {Serial(serial)}); });
        EXPECT_EQ(state.reserved_for.has_value(), state.reserved_line.has_value());
        return state.reserved_for ? state.reserved_for->text() : std::string();
    }
    SalesOrder ship(const SalesOrder& order, const std::string& serial) {
        return account.run([&](Transaction& t) { return ship_order(t, shipping(order, serial)); });
    }
    static sales::ShipOrder shipping(const SalesOrder& order, const std::string& serial) {
        sales::ShipOrder request;
        request.number = order.number;
        request.lines->push_back({1, Quantity(1), serials_of({serial})});
        return request;
    }
    // One phone less, or in another condition.
    static inventory::Adjust changing(const std::string& serial, const std::string& reason,
                                      std::optional<Condition> to = {}) {
        auto request = TestAccount::adjustment("BLR", reason);
        auto& line = request.lines.emplace_back();
        line.sku = Sku("PHONE");
        line.quantity = SignedQuantity(to ? 1 : -1);
        line.to_condition = to;
        line.serials = serials_of({serial});
        return request;
    }
    Refusal refused(const inventory::Adjust& request) {
        return account.refusal([&](Transaction& t) { adjust(t, request); });
    }

    Mover account;
};

TEST_F(HeldSerials, AreNotShippedByAnotherOrder) {
    const auto transfer = account.approve(account.create(naming({"P1"})));
    EXPECT_EQ(kept_for("P1"), transfer.number.text());
    EXPECT_EQ(kept_for("P2"), "");
    const auto order = account.order({{"PHONE", 1}});
    const auto refusal =
        account.refusal([&](Transaction& t) { ship_order(t, shipping(order, "P1")); });
    EXPECT_EQ(fault_of(refusal), "/lines/0/serials serial_reserved");
    EXPECT_NE(refusal.detail().find(transfer.number.text()), std::string::npos);
    ship(order, "P2");
    const auto sent = account.dispatch(transfer);
    EXPECT_EQ(sent.lines[0].dispatched.raw(), 1);
    EXPECT_EQ(kept_for("P1"), "");
}

TEST_F(HeldSerials, AreNotNamedOrTakenByAnotherTransfer) {
    const auto late = account.create(naming({"P1"}));
    const auto unnamed = account.approved({{"PHONE", 1}});
    account.approve(account.create(naming({"P1", "P2"})));
    const auto code_of = [&](auto step) { return account.refusal(step).code(); };
    EXPECT_EQ(code_of([&](Transaction& t) { create_transfer(t, naming({"P2"})); }),
              "serial_reserved");
    EXPECT_EQ(code_of([&](Transaction& t) {
                  approve_transfer(t, {late.number, false});
              }),
              "serial_reserved");
    transfers::DispatchLine wanted;
    wanted.line = 1;
    wanted.quantity = Quantity(1);
    wanted.serials = serials_of({"P1"});
    EXPECT_EQ(code_of([&](Transaction& t) {
                  dispatch_transfer(t, {unnamed.number, {{wanted}}});
              }),
              "serial_reserved");
    wanted.serials = serials_of({"P3"});
    EXPECT_EQ(account.dispatch(unnamed, {wanted}).lines[0].dispatched.raw(), 1);
}

TEST_F(HeldSerials, MayChangeBinsButNotLeaveTheSellableStock) {
    const auto transfer = account.approve(account.create(naming({"P1"})));
    EXPECT_EQ(refused(changing("P1", "correction")).code(), "serial_reserved");
    EXPECT_EQ(refused(changing("P1", "to be looked at", Condition::blocked)).code(),
              "serial_reserved");
    inventory::MoveBin request;
    request.location = LocationCode("BLR");
    request.sku = Sku("PHONE");
    request.from_bin = BinCode("DEFAULT");
    request.to_bin = BinCode("A-01");
    request.quantity = Quantity(1);
    request.serials = serials_of({"P1"});
    account.run([&](Transaction& t) { return move_bin(t, request); });
    EXPECT_EQ(kept_for("P1"), transfer.number.text());
    EXPECT_EQ(account.dispatch(transfer).lines[0].dispatched.raw(), 1);
}

TEST_F(HeldSerials, ALossReleasesTheReservationOfTheOneThatIsGone) {
    const auto transfer = account.approve(account.create(naming({"P1", "P2", "P3"})));
    account.adjust(changing("P1", "loss"));
    const auto line = account.look(transfer).lines[0];
    EXPECT_EQ(line.reserved.raw(), 2);
    EXPECT_EQ(line.waiting.raw(), 1);
    EXPECT_EQ(account.count_events("reservation.released"), 1);
    EXPECT_EQ(kept_for("P2"), transfer.number.text());
    account.adjust(changing("P2", "fell", Condition::damaged));
    EXPECT_EQ(account.look(transfer).lines[0].reserved.raw(), 1);
    EXPECT_EQ(kept_for("P2"), "");
    EXPECT_EQ(account.dispatch(transfer).lines[0].dispatched.raw(), 1);
}

TEST_F(HeldSerials, ALossOfAnotherTakesOneFromWhoeverComesLast) {
    account.order({{"PHONE", 2}});
    account.pass_days(1);
    const auto transfer = account.approve(account.create(naming({"P1"})));
    account.adjust(changing("P2", "loss"));
    EXPECT_EQ(account.look(transfer).lines[0].reserved.raw(), 0);
    EXPECT_EQ(kept_for("P1"), "");
}

TEST_F(HeldSerials, AreLetGoByCancellingAndByAmending) {
    const auto transfer = account.approve(account.create(naming({"P1", "P2"})));
    transfers::Amend amend;
    amend.number = transfer.number;
    amend.lines->push_back({1, Count(1)});
    account.run([&](Transaction& t) { return amend_transfer(t, amend); });
    EXPECT_EQ(kept_for("P1"), transfer.number.text());
    EXPECT_EQ(kept_for("P2"), "");
    transfers::Cancel cancel;
    cancel.number = transfer.number;
    account.cancel(cancel);
    EXPECT_EQ(kept_for("P1"), "");
}

TEST_F(HeldSerials, WhatWaitedIsKeptOnceItIsReserved) {
    const auto order = account.order({{"PHONE", 2}});
    const auto transfer = account.approve(account.create(naming({"P1", "P2"})), true);
    EXPECT_EQ(kept_for("P1"), transfer.number.text());
    EXPECT_EQ(kept_for("P2"), "");
    account.TestAccount::cancel(order);
    EXPECT_EQ(kept_for("P2"), transfer.number.text());
}

TEST_F(HeldSerials, AnotherOneMayLeaveInTheirPlace) {
    const auto transfer = account.approve(account.create(naming({"P1"})));
    transfers::DispatchLine wanted;
    wanted.line = 1;
    wanted.quantity = Quantity(1);
    wanted.serials = serials_of({"P3"});
    account.dispatch(transfer, {wanted});
    EXPECT_EQ(kept_for("P1"), "");
}

TEST_F(HeldSerials, AHoldThatNothingIsReservedForIsFound) {
    const auto transfer = account.approve(account.create(naming({"P1"})));
    account.session().execute(
        "INSERT INTO serial_hold (serial, order_number, line) VALUES ('P2', :number, 1)",
        {{"number", transfer.number}});
    ASSERT_FALSE(account.verification().ok);
    EXPECT_EQ(account.verification().violations.front().invariant, "S4");
    account.session().execute("UPDATE serial_hold SET serial = 'P9' WHERE serial = 'P2'");
    EXPECT_EQ(account.verification().violations.front().invariant, "S4");
    account.session().execute("DELETE FROM serial_hold WHERE serial = 'P9'");
}

}  // namespace
}  // namespace wharf::domain::testing
