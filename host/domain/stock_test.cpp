// The ledger and what is promised of it: cost, counts, conditions, lots, serials, putaway.
#include <gtest/gtest.h>

#include "host/domain/allocation.hpp"
#include "host/domain/ledger.hpp"
#include "host/domain/testing/domain_fixture.hpp"

namespace wharf::domain {
namespace {

using testing::TestAccount;

struct StockTest : ::testing::Test {
    StockTest() { account.location("BLR").location("DEL").product("TEA"); }
    ~StockTest() override { account.expect_sound(); }

    template <class Work>
    std::string refused(Work work) {
        const auto refusal = account.refusal(work);
        return refusal.faults().empty() ? refusal.code() : refusal.faults().front().code;
    }
    inventory::AdjustmentLine& line(inventory::Adjust& request, const std::string& sku) {
        auto& added = request.lines.emplace_back();
        added.sku = Sku(sku);
        return added;
    }
    auto adjusting(const inventory::Adjust& request) {
        return [request](Transaction& t) { return adjust(t, request); };
    }
    TestAccount account;
};

TEST_F(StockTest, OpeningStockComesFromOutside) {
    const auto booked = [&] {
        auto request = TestAccount::adjustment("BLR", "opening");
        line(request, "TEA").quantity = SignedQuantity(5);
        request.lines[0].unit_cost = Money::parse("90.00");
        return account.adjust(request);
    }();
    ASSERT_EQ(booked.movements.size(), 1U);
    EXPECT_EQ(booked.movements[0].from.location.text(), "@opening");
    EXPECT_EQ(booked.movements[0].to.bin->text(), "DEFAULT");
    EXPECT_EQ(booked.movements[0].value.text(), "450.00");
    EXPECT_EQ(account.level("TEA", "BLR").on_hand.raw(), 5);
    EXPECT_EQ(account.count_events("stock.moved"), 1);
}

TEST_F(StockTest, TheAverageCostLeavesAndTheLastUnitTakesTheRest) {
    account.stock("TEA", "BLR", 1, "10.00").stock("TEA", "BLR", 2, "0.000001");
    const auto one = account.change("TEA", "BLR", -1, "loss").movements[0];
    EXPECT_EQ(one.value.text(), "3.333334");
    account.change("TEA", "BLR", -1, "loss");
    account.change("TEA", "BLR", -1, "loss");
    EXPECT_EQ(account.level("TEA", "BLR").value, Money());
}

TEST_F(StockTest, NothingLeavesThatIsNotThere) {
    account.stock("TEA", "BLR", 5);
    auto request = TestAccount::adjustment("BLR", "loss");
    line(request, "TEA").quantity = SignedQuantity(-6);
    EXPECT_EQ(refused(adjusting(request)), "insufficient_stock");
}

TEST_F(StockTest, ReservedStockCannotBeTakenAway) {
    account.stock("TEA", "BLR", 5);
    account.order({{"TEA", 4}});
    auto request = TestAccount::adjustment("BLR", "sample");
    line(request, "TEA").quantity = SignedQuantity(-2);
    EXPECT_EQ(refused(adjusting(request)), "reserved");
}

TEST_F(StockTest, ALossReleasesTheLastReservationFirst) {
    account.stock("TEA", "BLR", 5);
    const auto first = account.order({{"TEA", 3}});
    const auto second = account.order({{"TEA", 2}});
    account.change("TEA", "BLR", -3, "loss");
    EXPECT_EQ(account.read(first).lines[0].reserved.raw(), 2);
    EXPECT_EQ(account.read(second).lines[0].waiting.raw(), 2);
    EXPECT_EQ(account.count_events("reservation.released"), 2);
}

TEST_F(StockTest, ACountSetsWhatIsThere) {
    account.stock("TEA", "BLR", 5);
    const auto order = account.order({{"TEA", 5}});
    auto request = TestAccount::adjustment("BLR", "count");
    line(request, "TEA").counted = Count(3);
    request.lines[0].expected = Count(5);
    account.adjust(request);
    EXPECT_EQ(account.level("TEA", "BLR").on_hand.raw(), 3);
    EXPECT_EQ(account.read(order).lines[0].waiting.raw(), 2);
    EXPECT_EQ(refused(adjusting(request)), "count_outdated");
    request.lines[0].expected.reset();
    request.lines[0].counted = Count(7);
    account.adjust(request);
    EXPECT_EQ(account.read(order).lines[0].reserved.raw(), 5);
}

TEST_F(StockTest, AnAdjustmentIsAllOrNothing) {
    account.stock("TEA", "BLR", 5);
    auto request = TestAccount::adjustment("BLR", "loss");
    line(request, "TEA").quantity = SignedQuantity(-1);
    line(request, "NONE").quantity = SignedQuantity(-1);
    line(request, "TEA");
    const auto refusal = account.refusal(adjusting(request));
    ASSERT_EQ(refusal.faults().size(), 2U);
    EXPECT_EQ(refusal.faults()[0].pointer, "/lines/1/sku");
    EXPECT_EQ(refusal.faults()[1].code, "one_change");
    EXPECT_EQ(account.level("TEA", "BLR").on_hand.raw(), 5);
}

TEST_F(StockTest, AnAdjustmentWithAReferenceIsTakenOnce) {
    auto request = TestAccount::adjustment("BLR", "opening");
    request.reference = Reference("A-1");
    line(request, "TEA").quantity = SignedQuantity(5);
    const auto first = account.adjust(request);
    const auto second = account.adjust(request);
    EXPECT_EQ(second.number, first.number);
    EXPECT_EQ(second.movements.size(), 1U);
    EXPECT_EQ(account.level("TEA", "BLR").on_hand.raw(), 5);
}

TEST_F(StockTest, DamagedStockIsNoLongerPromised) {
    account.stock("TEA", "BLR", 5);
    const auto order = account.order({{"TEA", 5}});
    auto request = TestAccount::adjustment("BLR", "broken");
    line(request, "TEA").quantity = SignedQuantity(2);
    request.lines[0].to_condition = Condition::damaged;
    account.adjust(request);
    EXPECT_EQ(account.level("TEA", "BLR", Condition::damaged).on_hand.raw(), 2);
    EXPECT_EQ(account.read(order).lines[0].reserved.raw(), 3);
}

TEST_F(StockTest, BinsChangeAndPromisesStay) {
    account.stock("TEA", "BLR", 5);
    const auto order = account.order({{"TEA", 5}});
    inventory::MoveBin request;
    request.location = LocationCode("BLR");
    request.sku = Sku("TEA");
    request.from_bin = BinCode("DEFAULT");
    request.to_bin = BinCode("A-1");
    request.quantity = Quantity(3);
    account.run([&](Transaction& t) { return move_bin(t, request); });
    EXPECT_EQ(account.ship(order).status, OrderStatus::completed);
    EXPECT_EQ(refused([&](Transaction& t) { return move_bin(t, request); }), "insufficient_stock");
}

TEST_F(StockTest, WherePutawayIsRequiredStockIsPromisedFromShelves) {
    account.account.policies.putaway_required = true;
    account.stock("TEA", "BLR", 5);
    const auto order = account.order({{"TEA", 4}});
    EXPECT_EQ(order.lines[0].reserved.raw(), 0);
    inventory::MoveBin request;
    request.location = LocationCode("BLR");
    request.sku = Sku("TEA");
    request.from_bin = BinCode("DEFAULT");
    request.to_bin = BinCode("A-1");
    request.quantity = Quantity(3);
    account.run([&](Transaction& t) { return move_bin(t, request); });
    EXPECT_EQ(account.read(order).lines[0].reserved.raw(), 3);
    EXPECT_EQ(account.level("TEA", "BLR").available.raw(), 0);
}

TEST_F(StockTest, TheDefaultBinMayChange) {
    account.account.policies.putaway_required = true;
    account.stock("TEA", "BLR", 5);
    catalog::PutLocation request;
    request.code = LocationCode("BLR");
    request.name = Name("Bengaluru");
    request.default_bin = BinCode("DOCK");
    account.run([&](Transaction& t) { return put_location(t, request); });
    EXPECT_EQ(account.level("TEA", "BLR").available.raw(), 5);
}

TEST_F(StockTest, TheFirstToExpireIsPromisedFirst) {
    account.product("MILK", Tracking::lot);
    account.lot("MILK", "BLR", "L2", 3, "2026-12-20").lot("MILK", "BLR", "L1", 3, "2026-12-10");
    account.lot("MILK", "BLR", "L0", 9, "2026-10-31");
    const auto order = account.order({{"MILK", 4}});
    EXPECT_EQ(order.lines[0].reserved.raw(), 4);
    EXPECT_NE(order.explanation->text.find("\"lot\":\"L1\",\"quantity\":3"), std::string::npos);
    EXPECT_NE(order.explanation->text.find("\"lot\":\"L2\",\"quantity\":1"), std::string::npos);
}

TEST_F(StockTest, OrTheFirstReceivedWhereTheAccountSaysSo) {
    account.account.policies.lot_order = LotOrder::first_received;
    account.product("MILK", Tracking::lot);
    account.lot("MILK", "BLR", "L2", 3, "2026-12-20");
    account.pass_days(1);
    account.lot("MILK", "BLR", "L1", 3, "2026-12-10");
    const auto order = account.order({{"MILK", 3}});
    EXPECT_NE(order.explanation->text.find("\"lot\":\"L2\",\"quantity\":3"), std::string::npos);
}

TEST_F(StockTest, ALockedLotGoesBackAndAnotherOneIsTaken) {
    account.product("MILK", Tracking::lot);
    account.lot("MILK", "BLR", "L1", 3, "2026-12-10").lot("MILK", "BLR", "L2", 2, "2026-12-20");
    const auto order = account.order({{"MILK", 3}});
    const catalog::LockLot lock{Sku("MILK"), LotCode("L1"), std::nullopt};
    EXPECT_TRUE(account.run([&](Transaction& t) { return lock_lot(t, lock); }).locked);
    EXPECT_EQ(account.read(order).lines[0].reserved.raw(), 2);
    EXPECT_EQ(account.read(order).lines[0].waiting.raw(), 1);
    EXPECT_EQ(account.count_events("lot.locked"), 1);
    const catalog::UnlockLot unlock{Sku("MILK"), LotCode("L1"), std::nullopt};
    account.run([&](Transaction& t) { return unlock_lot(t, unlock); });
    EXPECT_EQ(account.read(order).lines[0].reserved.raw(), 3);
}

TEST_F(StockTest, AnExpiredLotIsNotShipped) {
    account.product("MILK", Tracking::lot);
    account.lot("MILK", "BLR", "L1", 3, "2026-11-02");
    const auto order = account.order({{"MILK", 3}});
    account.pass_days(1);
    account.run([](Transaction& t) { return expire_lots(t); });
    EXPECT_EQ(account.read(order).lines[0].reserved.raw(), 3);
    account.pass_days(1);
    sales::ShipOrder ship;
    ship.number = order.number;
    EXPECT_EQ(refused([&](Transaction& t) { return ship_order(t, ship); }), "nothing_reserved");
    EXPECT_EQ(account.run([](Transaction& t) { return expire_lots(t); }), 1);
    EXPECT_EQ(account.read(order).lines[0].waiting.raw(), 3);
    EXPECT_EQ(account.level("MILK", "BLR").on_hand.raw(), 3);
    EXPECT_EQ(account.level("MILK", "BLR").available.raw(), 0);
}

TEST_F(StockTest, ALotIsKnownWithItsDates) {
    account.product("MILK", Tracking::lot).lot("MILK", "BLR", "L1", 3, "2026-12-10");
    auto request = TestAccount::adjustment("BLR", "opening");
    line(request, "MILK").quantity = SignedQuantity(1);
    request.lines[0].lot = LotCode("L1");
    request.lines[0].expires_on = Date::parse("2026-12-11");
    EXPECT_EQ(refused(adjusting(request)), "lot_differs");
    request.lines[0].lot.reset();
    EXPECT_EQ(refused(adjusting(request)), "lot_required");
    request.lines[0].lot = LotCode("L1");
    request.lines[0].sku = Sku("TEA");
    EXPECT_EQ(refused(adjusting(request)), "lot_not_tracked");
}

struct SerialTest : StockTest {
    SerialTest() {
        account.account.inventory_type = InventoryType::serialized;
        account.product("PHONE", Tracking::serial);
        account.serials("PHONE", "BLR", {"P1", "P2", "P3"});
    }
    SerialState serial(const std::string& code) {
        const inventory::GetSerial request{Serial(code)};
        return account.run([&](Transaction& t) { return get_serial(t, request); });
    }
    static sales::ShipOrder shipping(const SalesOrder& order, std::vector<Serial> serials) {
        sales::ShipOrder request;
        request.number = order.number;
        const Quantity count(static_cast<std::int64_t>(serials.size()));
        request.lines = std::vector<sales::QuantityLine>{{1, count, std::move(serials)}};
        return request;
    }
};

TEST_F(SerialTest, ASerialHasOnePlaceAndItsOwnCost) {
    EXPECT_EQ(serial("P1").place.location.text(), "BLR");
    EXPECT_EQ(serial("P1").cost.text(), "90.00");
    auto request = TestAccount::adjustment("BLR", "opening");
    line(request, "PHONE").quantity = SignedQuantity(1);
    request.lines[0].serials = std::vector<Serial>{Serial("P1")};
    EXPECT_EQ(refused(adjusting(request)), "serial_already_here");
    request.lines[0].serials = std::vector<Serial>{};
    EXPECT_EQ(refused(adjusting(request)), "serial_count");
    account.product("OTHER", Tracking::serial);
    request.lines[0].sku = Sku("OTHER");
    request.lines[0].serials = std::vector<Serial>{Serial("P1")};
    EXPECT_EQ(refused(adjusting(request)), "serial_taken");
}

TEST_F(SerialTest, TheUnitsThatShipAreNamed) {
    const auto order = account.order({{"PHONE", 2}});
    sales::ShipOrder without;
    without.number = order.number;
    EXPECT_EQ(refused([&](Transaction& t) { return ship_order(t, without); }), "serial_count");
    const auto other = shipping(order, {Serial("P1"), Serial("P9")});
    EXPECT_EQ(refused([&](Transaction& t) { return ship_order(t, other); }), "serial_not_there");
    const auto right = shipping(order, {Serial("P1"), Serial("P3")});
    account.run([&](Transaction& t) { return ship_order(t, right); });
    EXPECT_EQ(serial("P1").place.location.text(), "@customer");
    EXPECT_EQ(serial("P2").place.location.text(), "BLR");
}

TEST_F(SerialTest, ACountOfSerialsFindsTheMissingAndTheNew) {
    auto request = TestAccount::adjustment("BLR", "count");
    line(request, "PHONE").counted = Count(3);
    request.lines[0].serials = std::vector<Serial>{Serial("P1"), Serial("P2"), Serial("P4")};
    account.adjust(request);
    EXPECT_EQ(serial("P3").place.location.text(), "@adjustment");
    EXPECT_EQ(serial("P4").place.location.text(), "BLR");
}

TEST_F(SerialTest, ASerialComesBackFromTheCustomer) {
    const auto order = account.order({{"PHONE", 1}});
    const auto ship = shipping(order, {Serial("P2")});
    account.run([&](Transaction& t) { return ship_order(t, ship); });
    sales::ExpectReturn expected;
    expected.order = order.number;
    expected.lines = {{1, Quantity(1)}};
    const auto goods = account.run([&](Transaction& t) { return expect_return(t, expected); });
    sales::ReceiveReturn received;
    received.number = goods.number;
    received.lines = {{1, Quantity(1), {}, std::nullopt, std::vector<Serial>{Serial("P1")}}};
    EXPECT_EQ(refused([&](Transaction& t) { return receive_return(t, received); }), "not_shipped");
    received.lines[0].serials = std::vector<Serial>{Serial("P2")};
    received.lines[0].condition = Condition::damaged;
    const auto done = account.run([&](Transaction& t) { return receive_return(t, received); });
    EXPECT_EQ(done.status, ReturnStatus::received);
    EXPECT_EQ(serial("P2").place.condition, Condition::damaged);
}

TEST_F(StockTest, MovementsTellWhyOnHandIsWhatItIs) {
    account.stock("TEA", "BLR", 5).stock("TEA", "DEL", 2);
    account.ship(account.order({{"TEA", 1}}));
    inventory::Movements request;
    request.sku = Sku("TEA");
    request.limit = 1;
    std::int64_t on_hand = 0;
    do {
        const auto page = account.run([&](Transaction& t) { return movements(t, request); });
        for (const auto& movement : page.items) {
            if (movement.to.location.text() == "BLR") on_hand += movement.quantity.raw();
            if (movement.from.location.text() == "BLR") on_hand -= movement.quantity.raw();
        }
        request.after = page.next;
    } while (request.after);
    EXPECT_EQ(on_hand, account.level("TEA", "BLR").on_hand.raw());
    request.location = LocationCode("DEL");
    EXPECT_EQ(account.run([&](Transaction& t) { return movements(t, request); }).items.size(), 1U);
}

TEST_F(StockTest, LevelsComeInPages) {
    account.product("CUP").stock("TEA", "BLR", 5).stock("TEA", "DEL", 2).stock("CUP", "BLR", 1);
    inventory::Levels request;
    request.limit = 2;
    auto page = account.run([&](Transaction& t) { return levels(t, request); });
    ASSERT_EQ(page.items.size(), 2U);
    request.after = page.next;
    page = account.run([&](Transaction& t) { return levels(t, request); });
    ASSERT_EQ(page.items.size(), 1U);
    EXPECT_EQ(page.items[0].location.text(), "DEL");
    EXPECT_FALSE(page.next.has_value());
    request.limit = 201;
    EXPECT_EQ(refused([&](Transaction& t) { return levels(t, request); }), "out_of_range");
}

TEST_F(StockTest, ABoundKeySeesItsLocationsOnly) {
    account.stock("TEA", "BLR", 5).stock("TEA", "DEL", 2);
    account.actor.locations = {LocationCode("DEL")};
    const auto page = account.run([](Transaction& t) { return levels(t, inventory::Levels{}); });
    ASSERT_EQ(page.items.size(), 1U);
    EXPECT_EQ(page.items[0].location.text(), "DEL");
    account.actor.locations.clear();
}

TEST_F(StockTest, AnEmptiedPositionKeepsNoValue) {
    account.stock("TEA", "BLR", 1, "10.00");
    inventory::MoveBin request;
    request.location = LocationCode("BLR");
    request.sku = Sku("TEA");
    request.from_bin = BinCode("DEFAULT");
    request.to_bin = BinCode("A-1");
    request.quantity = Quantity(1);
    account.run([&](Transaction& t) { return move_bin(t, request); });
    account.stock("TEA", "BLR", 1, "30.00");
    const auto gone = account.change("TEA", "BLR", -1, "loss").movements[0];
    EXPECT_EQ(gone.value.text(), "20.00");
    EXPECT_EQ(account.level("TEA", "BLR").value.text(), "20.00");
    EXPECT_EQ(account.session().value<std::int64_t>(
                  "SELECT count(*) FROM balance WHERE quantity = 0 AND location = 'BLR'"),
              0);
}

TEST_F(StockTest, AnExplicitValueThatLeavesARestIsBookedAside) {
    account.stock("TEA", "BLR", 1, "90.00");
    account.run([](Transaction& t) {
        return move(t, {Sku("TEA"),
                        std::nullopt,
                        Quantity(1),
                        {},
                        Position{LocationCode("BLR"), BinCode("DEFAULT"), Condition::sellable},
                        Outside::vendor,
                        Money::parse("80.00"),
                        "returned to vendor",
                        std::nullopt});
    });
    EXPECT_EQ(account.level("TEA", "BLR").value, Money());
}

}  // namespace
}  // namespace wharf::domain
