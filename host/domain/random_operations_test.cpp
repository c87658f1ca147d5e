// Thousands of operations in a random but repeatable order, many of them refused: the invariants
// hold all the way, and a refused operation leaves nothing behind.
#include <gtest/gtest.h>

#include <random>

#include "host/domain/allocation.hpp"
#include "host/domain/testing/domain_fixture.hpp"

namespace wharf::domain {
namespace {

using testing::TestAccount;

class RandomShop {
public:
    explicit RandomShop(unsigned seed) : random_(seed) {
        auto& policies = account_.account.policies;
        policies.allocation_order = static_cast<AllocationOrder>(seed % 3);
        policies.lot_order = seed % 2 == 0 ? LotOrder::first_expired : LotOrder::first_received;
        policies.putaway_required = seed % 4 == 3;
        account_.account.inventory_type = InventoryType::serialized;
        account_.location("BLR").location("DEL");
        account_.product("TEA").product("CUP");
        account_.product("MILK", Tracking::lot).product("PHONE", Tracking::serial);
    }

    void run(int steps) {
        for (int i = 0; i < steps; ++i) {
            account_.now = account_.now.plus_micros(3'600'000'000);
            step();
            if (i % 200 == 199) account_.expect_sound();
            if (::testing::Test::HasFailure()) FAIL() << "after step " << i;
        }
        account_.expect_sound();
        EXPECT_GT(taken_, refused_ / 4) << "too much was refused to mean anything";
    }

private:
    int below(int limit) { return std::uniform_int_distribution<>(0, limit - 1)(random_); }
    template <class T>
    const T& one_of(const std::vector<T>& choices) {
        return choices[static_cast<std::size_t>(below(static_cast<int>(choices.size())))];
    }
    std::string sku() { return one_of<std::string>({"TEA", "TEA", "CUP", "MILK", "PHONE"}); }
    std::string place() { return one_of<std::string>({"BLR", "BLR", "DEL"}); }

    template <class Work>
    void attempt(Work work) {
        try {
            account_.run(work);
            ++taken_;
        } catch (const Refusal& refusal) {
            EXPECT_NE(refusal.kind(), RefusalKind::internal) << refusal.what();
            ++refused_;
        }
    }

    void step() {
        switch (below(16)) {
            case 0:
            case 1:
            case 2:
            case 3:
                return place_one();
            case 4:
            case 5:
                return bring_in();
            case 6:
                return take_out();
            case 7:
                return count();
            case 8:
            case 9:
                return ship();
            case 10:
                return amend();
            case 11:
                return cancel();
            case 12:
                return hold_or_release();
            case 13:
                return reverse_or_give_back();
            case 14:
                return return_goods();
            default:
                return shelve_or_lock();
        }
    }

    void place_one() {
        sales::PlaceOrder request;
        request.location = LocationCode(place());
        const int lines = 1 + below(3);
        for (int i = 0; i < lines; ++i) {
            auto& line = request.lines.emplace_back();
            line.sku = Sku(sku());
            line.quantity = Quantity(1 + below(6));
            line.unit_price = Money::from_raw(below(1'000'000'000));
            if (below(4) == 0) line.location = LocationCode(place());
        }
        if (below(2) == 0) {
            request.promised_for = account_.now.plus_micros((below(9) + 1) * Instant::kDay);
        }
        if (below(2) == 0) request.priority = below(5);
        request.approved = below(10) != 0;
        attempt([&](Transaction& t) { numbers_.push_back(place_order(t, request).number); });
    }

    void bring_in() {
        auto request = TestAccount::adjustment(place(), "opening");
        auto& line = request.lines.emplace_back();
        line.sku = Sku(sku());
        line.quantity = SignedQuantity(1 + below(9));
        if (below(3) != 0) line.unit_cost = Money::from_raw(below(200'000'000));
        if (line.sku.text() == "MILK") {
            const int lot = below(12);
            line.lot = LotCode("L" + std::to_string(lot));
            line.expires_on = Date::from_raw(20758 + 3 * lot);
        }
        if (line.sku.text() == "PHONE") {
            for (std::int64_t i = 0; i < line.quantity->raw(); ++i) {
                line.serials->emplace_back("P" + std::to_string(below(400)));
            }
        }
        attempt([&](Transaction& t) { adjust(t, request); });
    }

    std::vector<Serial> serials_at_hand(const std::string& location, std::size_t count) {
        auto rows = account_.session().select(
            "SELECT serial FROM serial WHERE location = :location AND condition = 'sellable' "
            "ORDER BY serial",
            {{"location", location}});
        std::vector<Serial> serials;
        while (serials.size() < count && rows.next()) serials.push_back(rows.get<Serial>(0));
        return serials;
    }

    void take_out() {
        auto request =
            TestAccount::adjustment(place(), one_of<std::string>({"loss", "sample", "broken"}));
        auto& line = request.lines.emplace_back();
        line.sku = Sku(sku());
        const int quantity = 1 + below(4);
        if (below(3) == 0) {
            line.quantity = SignedQuantity(quantity);
            line.to_condition = below(2) == 0 ? Condition::damaged : Condition::blocked;
        } else {
            line.quantity = SignedQuantity(-quantity);
        }
        if (line.sku.text() == "MILK") line.lot = LotCode("L" + std::to_string(below(12)));
        if (line.sku.text() == "PHONE") {
            line.serials =
                serials_at_hand(request.location.text(), static_cast<std::size_t>(quantity));
        }
        attempt([&](Transaction& t) { adjust(t, request); });
    }

    void count() {
        auto request = TestAccount::adjustment(place(), "count");
        auto& line = request.lines.emplace_back();
        line.sku = Sku(one_of<std::string>({"TEA", "CUP", "MILK"}));
        line.counted = Count(below(15));
        if (line.sku.text() == "MILK") line.lot = LotCode("L" + std::to_string(below(12)));
        attempt([&](Transaction& t) { adjust(t, request); });
    }

    SalesOrder some_order() {
        const auto number = one_of(numbers_);
        return account_.run([&](Transaction& t) { return get_order(t, sales::GetOrder{number}); });
    }

    void ship() {
        if (numbers_.empty()) return;
        const auto order = some_order();
        sales::ShipOrder request;
        request.number = order.number;
        for (const auto& line : order.lines) {
            if (!line.reserved.positive()) continue;
            sales::QuantityLine wanted;
            wanted.line = line.line;
            wanted.quantity = Quantity(1 + below(static_cast<int>(line.reserved.raw())));
            if (line.sku.text() == "PHONE") {
                wanted.serials = serials_at_hand(line.location.text(),
                                                 static_cast<std::size_t>(wanted.quantity.raw()));
            }
            request.lines->push_back(wanted);
        }
        attempt([&](Transaction& t) { ship_order(t, request); });
    }

    void amend() {
        if (numbers_.empty()) return;
        const auto order = some_order();
        sales::AmendOrder request;
        request.number = order.number;
        const auto& line = one_of(order.lines);
        request.lines->push_back({line.line, Count(below(9))});
        if (below(3) == 0) request.priority = below(5);
        attempt([&](Transaction& t) { amend_order(t, request); });
    }

    void cancel() {
        if (numbers_.empty()) return;
        const auto order = some_order();
        sales::CancelOrder request;
        request.number = order.number;
        if (below(2) == 0) request.lines->push_back(one_of(order.lines).line);
        attempt([&](Transaction& t) { cancel_order(t, request); });
    }

    void hold_or_release() {
        if (numbers_.empty()) return;
        const auto order = some_order();
        if (order.status == OrderStatus::unapproved) {
            attempt([&](Transaction& t) { approve_order(t, sales::ApproveOrder{order.number}); });
        } else if (order.status == OrderStatus::held) {
            attempt([&](Transaction& t) { release_order(t, sales::ReleaseOrder{order.number}); });
        } else {
            attempt([&](Transaction& t) {
                hold_order(t, sales::HoldOrder{order.number, std::nullopt});
            });
        }
    }

    void reverse_or_give_back() {
        if (numbers_.empty()) return;
        const auto order = some_order();
        const auto& line = one_of(order.lines);
        if (below(2) == 0) {
            sales::ReverseShipment request;
            request.number = order.number;
            request.lines->push_back({line.line, Quantity(1 + below(3)), {}});
            attempt([&](Transaction& t) { reverse_shipment(t, request); });
            return;
        }
        sales::ReleaseReservation request;
        request.number = order.number;
        request.lines = {{line.line, Quantity(1 + below(3)), {}}};
        attempt([&](Transaction& t) { release_reservation(t, request); });
    }

    void return_goods() {
        if (numbers_.empty()) return;
        const auto order = some_order();
        sales::ExpectReturn expected;
        expected.order = order.number;
        const auto& line = one_of(order.lines);
        expected.lines = {{line.line, Quantity(1 + below(2))}};
        attempt([&](Transaction& t) {
            const auto goods = expect_return(t, expected);
            if (line.sku.text() == "PHONE") return;
            sales::ReceiveReturn received;
            received.number = goods.number;
            const auto condition = below(2) == 0 ? Condition::sellable : Condition::damaged;
            received.lines = {{1, Quantity(1), condition, std::nullopt, {}}};
            receive_return(t, received);
        });
    }

    void shelve_or_lock() {
        if (below(3) == 0) {
            const auto lot = LotCode("L" + std::to_string(below(12)));
            if (below(2) == 0) {
                attempt([&](Transaction& t) { lock_lot(t, {Sku("MILK"), lot, std::nullopt}); });
            } else {
                attempt([&](Transaction& t) { unlock_lot(t, {Sku("MILK"), lot, std::nullopt}); });
            }
            return;
        }
        if (below(3) == 0) {
            attempt([](Transaction& t) { expire_lots(t); });
            return;
        }
        inventory::MoveBin request;
        request.location = LocationCode(place());
        request.sku = Sku(one_of<std::string>({"TEA", "CUP"}));
        request.from_bin = BinCode("DEFAULT");
        request.to_bin = BinCode("A-" + std::to_string(below(3)));
        if (below(3) == 0) std::swap(request.from_bin, request.to_bin);
        request.quantity = Quantity(1 + below(4));
        attempt([&](Transaction& t) { move_bin(t, request); });
    }

    std::mt19937 random_;
    TestAccount account_;
    std::vector<DocumentNumber> numbers_;
    int taken_ = 0;
    int refused_ = 0;
};

class RandomOperations : public ::testing::TestWithParam<unsigned> {};

TEST_P(RandomOperations, KeepEveryInvariant) {
    RandomShop shop(GetParam());
    shop.run(1500);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomOperations, ::testing::Values(0U, 1U, 2U, 3U));

}  // namespace
}  // namespace wharf::domain
