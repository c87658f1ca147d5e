// Thousands of random transfers between three locations, with orders, counts, losses and locks in
// between: every invariant holds at every look, and units in transit are worth what they left with.
#include <random>

#include "host/domain/planning.hpp"
#include "host/domain/testing/transfer_fixture.hpp"

namespace wharf::domain::testing {
namespace {

class RandomMoves {
public:
    explicit RandomMoves(unsigned seed) : random_(seed) { account_.location("BOM"); }

    void run(int transfers) {
        for (int steps = 0; made_ < transfers; ++steps) {
            step();
            if (steps % 500 != 0) continue;
            account_.expect_sound();
            if (::testing::Test::HasFailure()) FAIL() << "after step " << steps;
        }
        account_.expect_sound();
        EXPECT_GT(taken_, refused_ / 4) << "too much was refused to mean anything";
        EXPECT_GT(received_, transfers / 20) << "too little arrived to mean anything";
    }

private:
    int below(int limit) { return std::uniform_int_distribution<>(0, limit - 1)(random_); }
    std::string place() {
        static const std::vector<std::string> kPlaces{"BLR", "DEL", "BOM"};
        return kPlaces[static_cast<std::size_t>(below(3))];
    }
    std::string sku() {
        static const std::vector<std::string> kSkus{"TEA", "TEA", "MILK", "PHONE"};
        return kSkus[static_cast<std::size_t>(below(4))];
    }

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

    void step() {
        switch (below(16)) {
            case 0:
            case 1:
                return bring_in();
            case 2:
            case 3:
                return create();
            case 4:
            case 5:
                return approve_or_amend();
            case 6:
            case 7:
            case 8:
            case 9:
                return dispatch();
            case 10:
            case 11:
            case 12:
            case 13:
                return receive();
            case 14:
                return below(2) == 0 ? resolve() : cancel();
            default:
                return disturb();
        }
    }

    void bring_in() {
        auto request = TestAccount::adjustment(place(), "opening");
        auto& line = request.lines.emplace_back();
        line.sku = Sku(sku());
        line.quantity = SignedQuantity(1 + below(40));
        line.unit_cost = Money::from_raw(below(200'000'000));
        if (line.sku.text() == "MILK") line.lot = LotCode("L" + std::to_string(below(4)));
        if (line.sku.text() == "PHONE") {
            for (std::int64_t i = 0; i < line.quantity->raw(); ++i) {
                line.serials->emplace_back("P" + std::to_string(++phones_));
            }
        }
        attempt([&](Transaction& t) { adjust(t, request); });
    }

    void create() {
        transfers::Create request;
        request.source = LocationCode(place());
        request.destination = LocationCode(place());
        const int lines = 1 + below(3);
        for (int i = 0; i < lines; ++i) {
            auto& line = request.lines.emplace_back();
            line.sku = Sku(sku());
            line.quantity = Quantity(1 + below(6));
            if (line.sku.text() == "MILK" && below(3) == 0) {
                line.lot = LotCode("L" + std::to_string(below(4)));
            }
        }
        std::optional<DocumentNumber> made;
        attempt([&](Transaction& t) { made = create_transfer(t, request).number; });
        if (!made) return;
        open_.push_back(*made);
        if (below(3) != 0) {
            attempt([&](Transaction& t) { approve_transfer(t, {*made, below(4) == 0}); });
        }
        made_ = static_cast<int>(open_.size());
    }

    Transfer some() {
        const auto recent = std::min<std::size_t>(open_.size(), 40);
        const auto index =
            open_.size() - 1 - static_cast<std::size_t>(below(static_cast<int>(recent)));
        return account_.run([&](Transaction& t) { return get_transfer(t, {open_[index]}); });
    }

    void approve_or_amend() {
        if (open_.empty()) return;
        const auto transfer = some();
        if (below(2) == 0) {
            attempt([&](Transaction& t) { approve_transfer(t, {transfer.number, below(2) == 0}); });
            return;
        }
        transfers::Amend request;
        request.number = transfer.number;
        request.lines->push_back({1, Count(below(7))});
        attempt([&](Transaction& t) { amend_transfer(t, request); });
    }

    std::vector<Serial> phones_at(const LocationCode& location, std::int64_t count) {
        auto rows = account_.session().select(
            "SELECT serial FROM serial WHERE location = :location AND condition = 'sellable' "
            "ORDER BY serial",
            {{"location", location}});
        std::vector<Serial> serials;
        while (static_cast<std::int64_t>(serials.size()) < count && rows.next()) {
            serials.push_back(rows.get<Serial>(0));
        }
        return serials;
    }

    void dispatch() {
        if (open_.empty()) return;
        const auto transfer = some();
        transfers::Dispatch request;
        request.number = transfer.number;
        std::int64_t phones = 0;
        for (const auto& line : transfer.lines) {
            if (!line.reserved.positive()) continue;
            transfers::DispatchLine wanted;
            wanted.line = line.line;
            wanted.quantity = Quantity(1 + below(static_cast<int>(line.reserved.raw())));
            if (line.sku.text() == "PHONE") {
                auto there = phones_at(transfer.source, phones + wanted.quantity.raw());
                if (static_cast<std::int64_t>(there.size()) > phones) {
                    there.erase(there.begin(), there.begin() + phones);
                }
                wanted.serials = there;
                phones += wanted.quantity.raw();
            }
            if (line.sku.text() == "MILK" && below(3) == 0) {
                wanted.lot = LotCode("L" + std::to_string(below(4)));
            }
            request.lines->push_back(wanted);
        }
        attempt([&](Transaction& t) { dispatch_transfer(t, request); });
    }

    std::vector<Serial> phones_under_way(const Transfer& transfer, std::int32_t line,
                                         std::size_t skip, std::int64_t count) {
        auto rows = account_.session().select(
            "SELECT serial FROM transit_part WHERE transfer = :transfer AND line = :line "
            "ORDER BY part",
            {{"transfer", transfer.number}, {"line", line}});
        std::vector<Serial> serials;
        while (static_cast<std::int64_t>(serials.size()) < count && rows.next()) {
            if (skip > 0) {
                --skip;
                continue;
            }
            serials.push_back(rows.get<Serial>(0));
        }
        return serials;
    }

    void receive() {
        if (open_.empty()) return;
        const auto transfer = some();
        transfers::Receive request;
        request.number = transfer.number;
        request.difference_owner = Name("desk");
        request.difference_due_on = Date::parse("2026-12-24");
        request.complete = below(3) == 0;
        for (const auto& line : transfer.lines) {
            const auto way = Quantity(line.in_transit) - line.difference;
            if (!way.positive()) continue;
            transfers::ReceiveLine wanted;
            wanted.line = line.line;
            wanted.quantity = Count(below(static_cast<int>(way.raw()) + 1));
            wanted.damaged = Count(below(2));
            wanted.missing = Count(below(2));
            if (line.sku.text() == "PHONE") {
                wanted.serials = phones_under_way(transfer, line.line, 0, wanted.quantity->raw());
                wanted.damaged_serials = phones_under_way(
                    transfer, line.line, wanted.serials->size(), wanted.damaged->raw());
            }
            request.lines->push_back(wanted);
        }
        if (below(8) == 0) {
            transfers::ExcessLine more;
            more.sku = Sku("TEA");
            more.quantity = Quantity(1 + below(3));
            if (below(2) == 0) more.unit_cost = Money::from_raw(below(90'000'000));
            request.excess->push_back(more);
        }
        if (attempt([&](Transaction& t) { receive_transfer(t, request); })) ++received_;
    }

    DifferenceOutcome outcome() {
        static constexpr DifferenceOutcome kAll[] = {DifferenceOutcome::returned_to_source,
                                                     DifferenceOutcome::lost,
                                                     DifferenceOutcome::received_late};
        return kAll[below(3)];
    }

    void resolve() {
        if (open_.empty()) return;
        const auto transfer = some();
        if (!transfer.excess.empty()) {
            const auto number = 1 + below(static_cast<int>(transfer.excess.size()));
            attempt([&](Transaction& t) {
                if (below(2) == 0) {
                    approve_excess(t, {transfer.number, number});
                } else {
                    reject_excess(t, {transfer.number, number, std::nullopt});
                }
            });
        }
        if (transfer.differences.empty()) return;
        const auto& difference = transfer.differences[static_cast<std::size_t>(
            below(static_cast<int>(transfer.differences.size())))];
        transfers::Resolve request;
        request.number = transfer.number;
        request.difference = difference.difference;
        request.outcome = outcome();
        request.quantity = Quantity(1 + below(3));
        request.damaged = below(3) == 0;
        request.reason = Reason("found out");
        if (difference.sku.text() == "PHONE") {
            request.serials =
                phones_under_way(transfer, difference.line, 0, request.quantity->raw());
        }
        attempt([&](Transaction& t) { resolve_difference(t, request); });
    }

    void cancel() {
        if (open_.empty()) return;
        const auto transfer = some();
        transfers::Cancel request;
        request.number = transfer.number;
        request.reason = Reason("changed our mind");
        for (const auto& line : transfer.lines) {
            if (!line.in_transit.positive()) continue;
            transfers::Disposition where;
            where.line = line.line;
            where.quantity = line.in_transit;
            where.outcome = outcome();
            if (line.sku.text() == "PHONE") {
                where.serials = phones_under_way(transfer, line.line, 0, line.in_transit.raw());
            }
            request.dispositions->push_back(where);
        }
        attempt([&](Transaction& t) { cancel_transfer(t, request); });
    }

    // What others do meanwhile.
    void disturb() {
        if (below(3) == 0) {
            auto request = TestAccount::placing({{"TEA", 1 + below(5)}}, place());
            attempt([&](Transaction& t) { place_order(t, request); });
            attempt([&](Transaction& t) { peg_free_supply(t, {}); });
            return;
        }
        if (below(2) == 0) {
            auto request = TestAccount::adjustment(place(), "count");
            auto& line = request.lines.emplace_back();
            line.sku = Sku("TEA");
            line.counted = Count(below(25));
            attempt([&](Transaction& t) { adjust(t, request); });
            return;
        }
        const auto lot = LotCode("L" + std::to_string(below(4)));
        if (below(2) == 0) {
            attempt([&](Transaction& t) { lock_lot(t, {Sku("MILK"), lot, std::nullopt}); });
        } else {
            attempt([&](Transaction& t) { unlock_lot(t, {Sku("MILK"), lot, std::nullopt}); });
        }
    }

    std::mt19937 random_;
    Mover account_;
    std::vector<DocumentNumber> open_;
    std::int64_t phones_ = 0;
    int made_ = 0;
    int taken_ = 0;
    int refused_ = 0;
    int received_ = 0;
};

class RandomTransfers : public ::testing::TestWithParam<unsigned> {};

TEST_P(RandomTransfers, KeepEveryInvariant) {
    RandomMoves moves(GetParam());
    moves.run(1250);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomTransfers, ::testing::Values(0U, 1U, 2U, 3U));

}  // namespace
}  // namespace wharf::domain::testing
