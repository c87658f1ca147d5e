// Thousands of operations over orders, receipts, sales and pegs in a random but repeatable order,
// many of them refused: what is owed, pegged and received adds up after each.
#include <gtest/gtest.h>

#include <random>

#include "host/domain/distribute_order.hpp"
#include "host/domain/testing/purchasing_fixture.hpp"
#include "host/domain/verify.hpp"

namespace wharf::domain {
namespace {

using testing::Buyer;

class RandomBuyer {
public:
    explicit RandomBuyer(unsigned seed) : random_(seed) {
        auto& settings = account_.account;
        settings.inventory_type = InventoryType::serialized;
        settings.serial_mode = seed % 2 == 0 ? 2 : 4;
        auto& policies = settings.policies;
        policies.allocation_order = static_cast<AllocationOrder>(seed % 3);
        policies.quality_check_required = seed % 3 == 1;
        policies.putaway_required = seed % 5 == 4;
        policies.purchase_approval_limit = Money::parse("900.00");
        Tolerance rule;
        rule.percent = Percent::whole(20);
        rule.beyond = static_cast<BeyondTolerance>(seed % 3);
        policies.tolerances = std::vector{rule};
        account_.location("DEL").location("MUM").vendor("V2");
        account_.product("MILK", Tracking::lot).product("PHONE", Tracking::serial);
        for (const char* sku : {"TEA", "MILK", "PHONE"}) {
            account_.sells("V1", sku, "100.00").sells("V2", sku, "90.00");
        }
    }

    void run(int steps) {
        for (int i = 0; i < steps; ++i) {
            account_.now = account_.now.plus_micros(3'600'000'000);
            account_.as_person(below(3) == 0 ? "ben" : "ann");
            step();
            expect_purchasing_sound();
            if (i % 50 == 49) account_.expect_sound();
            if (::testing::Test::HasFailure()) FAIL() << "after step " << i;
        }
        account_.expect_sound();
        EXPECT_GT(distributed_, 5);
        EXPECT_GT(taken_, refused_ / 2) << "too much was refused to mean anything";
    }

private:
    int below(int limit) { return std::uniform_int_distribution<>(0, limit - 1)(random_); }
    std::string sku() { return std::vector<std::string>{"TEA", "MILK", "PHONE"}[pick(3)]; }
    std::string place() { return below(3) == 0 ? "DEL" : "BLR"; }
    std::size_t pick(int limit) { return static_cast<std::size_t>(below(limit)); }
    DocumentNumber number(const char* prefix, std::int64_t made) {
        auto digits = std::to_string(1 + (made > 1 ? below(static_cast<int>(made)) : 0));
        return DocumentNumber(std::string(prefix) + std::string(6 - digits.size(), '0') + digits);
    }
    DocumentNumber some_order() { return number("PO-", orders_); }
    DocumentNumber some_receipt() { return number("GRN-", receipts_); }
    DocumentNumber some_sale() { return number("SO-", sales_); }

    template <class Work>
    bool attempt(Work work) {
        try {
            account_.run(work);
            ++taken_;
            return true;
        } catch (const Refusal& refusal) {
            EXPECT_NE(refusal.kind(), RefusalKind::internal) << refusal.what();
            ++refused_;
            return false;
        }
    }

    void expect_purchasing_sound() {
        inventory::Verification verification;
        Findings findings(verification);
        account_.run([&](Transaction& t) {
            verify_purchasing(t, findings);
            verify_legs(t, findings);
        });
        for (const auto& violation : verification.violations) {
            ADD_FAILURE() << violation.invariant << " " << violation.detail;
        }
    }

    void step() {
        switch (below(23)) {
            case 0:
            case 1:
            case 2:
                return sell();
            case 3:
            case 4:
            case 5:
                return buy();
            case 6:
            case 7:
                return hand_in();
            case 8:
            case 9:
                return amend();
            case 10:
                return end();
            case 11:
            case 12:
            case 13:
                return receive();
            case 14:
                return inspect();
            case 15:
                return reverse();
            case 16:
            case 17:
                return tie();
            case 18:
                return change_sale();
            case 19:
            case 20:
                return distribute();
            case 21:
                return group();
            default:
                return ship_or_lose();
        }
    }

    void sell() {
        auto request = account_.placing({{sku(), 1 + below(8)}, {sku(), 1 + below(8)}}, place());
        if (below(2) == 0) request.priority = below(5);
        if (attempt([&](Transaction& t) { place_order(t, request); })) ++sales_;
    }

    void buy() {
        const auto request = account_.buying({{sku(), 1 + below(10)}, {sku(), 1 + below(10)}},
                                             below(2) == 0 ? "V1" : "V2", place());
        if (attempt([&](Transaction& t) { create_purchase_order(t, request); })) ++orders_;
    }

    // Cuts `total` into as many parts as there are least parts, none below its own.
    std::vector<Quantity> cut(Quantity total, std::vector<Quantity> parts) {
        for (const auto& part : parts) total -= part;
        while (total.positive()) {
            const auto some = Quantity(1 + below(static_cast<int>(total.raw())));
            parts[pick(static_cast<int>(parts.size()))] += some;
            total -= some;
        }
        return parts;
    }

    // Whatever the order is now, over one to four legs, new and old ones.
    void distribute() {
        account_.as_plugin("split_delivery");
        PurchaseOrder order;
        const purchasing::GetOrder wanted{some_order()};
        if (!attempt([&](Transaction& t) { order = get_purchase_order(t, wanted); })) return;
        purchasing::DistributeOrder request;
        request.number = order.number;
        request.approval = below(4) == 0 ? LegApproval::separately : LegApproval::together;
        std::vector<PurchaseOrder> before;
        for (const auto& leg : order.legs) {
            request.legs.push_back({leg.number, {}, {}, {}, {}});
            attempt([&](Transaction& t) { before.push_back(get_purchase_order(t, {leg.number})); });
        }
        for (int i = below(3) + (order.legs.empty() ? 1 : 0); i > 0; --i) {
            purchasing::Leg leg;
            leg.location = LocationCode(std::vector<std::string>{"BLR", "DEL", "MUM"}[pick(3)]);
            if (below(4) == 0) leg.via = LocationCode("MUM");
            request.legs.push_back(std::move(leg));
        }
        if (request.legs.empty()) return;
        for (const auto& line : order.lines) {
            std::vector<Quantity> least(request.legs.size());
            for (std::size_t i = 0; i < before.size(); ++i) {
                for (const auto& own : before[i].lines) {
                    if (own.parent_line != line.line) continue;
                    least[i] = std::max(own.quantity - own.outstanding,
                                        Quantity(own.rejected.positive() ? 1 : 0));
                }
            }
            const auto total = order.legs.empty() ? line.quantity - line.cancelled : line.quantity;
            const auto parts = cut(total, least);
            for (std::size_t i = 0; i < parts.size(); ++i) {
                if (!parts[i].positive() && !request.legs[i].number) continue;
                request.legs[i].lines.push_back({line.line, Count(parts[i]), {}});
            }
        }
        std::erase_if(request.legs, [](const auto& leg) { return leg.lines.empty(); });
        PurchaseOrder after;
        if (!attempt([&](Transaction& t) { after = distribute_order(t, request); })) return;
        orders_ += static_cast<std::int64_t>(after.legs.size() - order.legs.size());
        for (std::size_t i = 0; i < order.lines.size() && !order.legs.empty(); ++i) {
            EXPECT_EQ(after.lines[i].quantity, order.lines[i].quantity);
        }
        ++distributed_;
    }

    void group() {
        account_.as_plugin("split_delivery");
        purchasing::GroupOrders request;
        request.orders = {some_order(), some_order()};
        if (attempt([&](Transaction& t) { group_orders(t, request); })) ++orders_;
    }

    // Most orders go all the way, so that there is something to receive.
    void hand_in() {
        const auto order = some_order();
        attempt([&](Transaction& t) { submit_purchase_order(t, {order}); });
        if (below(4) == 0) return;
        account_.as_person("cyn");
        attempt([&](Transaction& t) { approve_purchase_order(t, {order}); });
    }

    void amend() {
        purchasing::AmendOrder request;
        request.number = some_order();
        purchasing::AmendLine line;
        if (below(4) == 0) {
            line.sku = Sku(sku());
        } else {
            line.line = 1 + below(2);
        }
        line.quantity = Count(below(15));
        if (below(5) == 0) line.unit_price = Money::parse("110.00");
        if (below(8) == 0) request.vendor = VendorCode("V2");
        request.lines = std::vector{line};
        attempt([&](Transaction& t) { amend_purchase_order(t, request); });
    }

    void end() {
        const auto order = some_order();
        switch (below(3)) {
            case 0:
                return void(attempt([&](Transaction& t) {
                    reject_purchase_order(t, {order, {}});
                }));
            case 1:
                return void(attempt([&](Transaction& t) {
                    cancel_purchase_order(t, {order, {}});
                }));
            default:
                return void(attempt([&](Transaction& t) { close_purchase_order(t, {order, {}}); }));
        }
    }

    void fill(receiving::PostLine& line) {
        line.quantity = Quantity(1 + below(12));
        if (below(4) == 0) line.rejected = Count(below(static_cast<int>(line.quantity.raw()) + 1));
        line.replace = below(3) != 0;
        if (line.sku.view() == "MILK") {
            line.lot = LotCode(below(2) == 0 ? "L1" : "L2");
        }
        if (line.sku.view() != "PHONE" || account_.account.serial_mode != 2) return;
        std::vector<Serial> serials;
        for (std::int64_t i = 0; i < line.quantity.raw(); ++i) {
            serials.emplace_back("P" + std::to_string(next_serial_++));
        }
        line.rejected_serials = std::vector<Serial>(
            serials.begin(), serials.begin() + static_cast<std::ptrdiff_t>(line.rejected->raw()));
        line.serials = std::move(serials);
    }

    void receive() {
        receiving::PostReceipt request;
        if (below(6) == 0) {
            request.location = LocationCode(place());
            request.vendor = VendorCode("V1");
            request.lines.emplace_back().sku = Sku(sku());
        } else {
            purchasing::GetOrder wanted{some_order()};
            PurchaseOrder order;
            if (!attempt([&](Transaction& t) { order = get_purchase_order(t, wanted); })) return;
            request.purchase_order = order.number;
            request.location = order.ship_to;
            auto& line = request.lines.emplace_back();
            if (order.lines.empty()) return;  // a leg whose quantities went elsewhere
            line.sku = order.lines[pick(static_cast<int>(order.lines.size()))].sku;
        }
        fill(request.lines[0]);
        if (attempt([&](Transaction& t) { post_receipt(t, request); })) ++receipts_;
    }

    void inspect() {
        receiving::InspectReceipt request;
        request.number = some_receipt();
        auto& line = request.lines.emplace_back();
        line.line = 1;
        if (below(4) == 0) {
            attempt([&](Transaction& t) { approve_receipt(t, {request.number}); });
        }
        Receipt receipt;
        receiving::GetReceipt wanted{request.number};
        if (!attempt([&](Transaction& t) { receipt = get_receipt(t, wanted); })) return;
        const auto& received = receipt.lines[0];
        const auto left =
            received.quantity - received.rejected - received.excess - received.inspected;
        if (below(2) == 0) {
            line.accepted = Count(left);
        } else {
            line.rejected = Count(left);
        }
        if (received.sku.view() != "PHONE" && left.raw() > 1) {
            line.accepted = Count(1);
            line.rejected = Count(1);
        }
        attempt([&](Transaction& t) { inspect_receipt(t, request); });
    }

    void reverse() {
        const auto receipt = some_receipt();
        attempt([&](Transaction& t) { reverse_receipt(t, {receipt, {}}); });
    }

    void tie() {
        if (below(4) == 0) {
            planning::UnpegSupply request{{SupplyKind::purchase_order, some_order(), 1 + below(2)},
                                          Quantity(1 + below(5))};
            attempt([&](Transaction& t) { unpeg_supply(t, request); });
            return;
        }
        if (below(2) == 0) {
            attempt([&](Transaction& t) { peg_free_supply(t, {}); });
            return;
        }
        planning::PegSupply request;
        request.covers.push_back({{SupplyKind::purchase_order, some_order(), 1 + below(2)},
                                  Quantity(1 + below(9)),
                                  {},
                                  {},
                                  {}});
        if (below(2) == 0) request.covers[0].order = some_sale();
        attempt([&](Transaction& t) { peg_supply(t, request); });
    }

    void change_sale() {
        const auto order = some_sale();
        switch (below(4)) {
            case 0:
                return void(attempt([&](Transaction& t) { cancel_order(t, {order, {}, {}}); }));
            case 1:
                return void(attempt([&](Transaction& t) { hold_order(t, {order, {}}); }));
            case 2:
                return void(attempt([&](Transaction& t) { release_order(t, {order}); }));
            default: {
                sales::AmendOrder request;
                request.number = order;
                request.lines = std::vector<sales::AmendLine>{{1 + below(2), Count(below(10))}};
                return void(attempt([&](Transaction& t) { amend_order(t, request); }));
            }
        }
    }

    // From where goods arrive to a shelf, where they may be promised.
    void shelve() {
        inventory::MoveBin request;
        request.location = LocationCode(place());
        request.sku = Sku(below(3) == 0 ? "MILK" : "TEA");
        if (request.sku.view() == "MILK") request.lot = LotCode(below(2) == 0 ? "L1" : "L2");
        request.from_bin = BinCode("DEFAULT");
        request.to_bin = BinCode("A-1");
        request.quantity = Quantity(1 + below(5));
        attempt([&](Transaction& t) { move_bin(t, request); });
    }

    void ship_or_lose() {
        if (below(3) == 0) return shelve();
        if (below(2) == 0) {
            sales::ShipOrder request;
            request.number = some_sale();
            attempt([&](Transaction& t) { ship_order(t, request); });
            return;
        }
        auto request = account_.adjustment(place(), "loss");
        auto& line = request.lines.emplace_back();
        line.sku = Sku("TEA");
        line.quantity = SignedQuantity(-1);
        attempt([&](Transaction& t) { adjust(t, request); });
    }

    Buyer account_;
    std::mt19937 random_;
    std::int64_t orders_ = 0;
    std::int64_t receipts_ = 0;
    std::int64_t sales_ = 0;
    int next_serial_ = 1;
    int distributed_ = 0;
    int taken_ = 0;
    int refused_ = 0;
};

class RandomPurchasing : public ::testing::TestWithParam<unsigned> {};

TEST_P(RandomPurchasing, KeepsEveryInvariant) {
    RandomBuyer(GetParam()).run(600);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomPurchasing, ::testing::Range(1U, 9U));

}  // namespace
}  // namespace wharf::domain
