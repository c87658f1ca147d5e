// An account whose three locations send each other tea, milk in lots and phones by serial, at
// random: most steps fit what there is, some are wrong on purpose, and others sell, count, lose and
// lock the same goods meanwhile.
//
//   RandomMoves moves(seed);
//   while (moves.made() < 250) moves.step();
//   moves.finish_all();
#pragma once

#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include "host/domain/planning.hpp"
#include "host/domain/testing/transfer_fixture.hpp"

namespace wharf::domain::testing {

// How often what happened.
struct Seen {
    int approved = 0;
    int dispatched = 0;
    int received = 0;               // receipts
    int cancelled = 0;              // before dispatch and after
    std::array<int, 3> resolved{};  // by outcome
    int excess = 0;
    int refused = 0;

    [[nodiscard]] std::string text() const {
        const auto n = [](int count) { return std::to_string(count); };
        return n(approved) + " approved, " + n(dispatched) + " dispatched, " + n(received) +
               " receipts, " + n(resolved[0]) + " returned, " + n(resolved[1]) + " lost, " +
               n(resolved[2]) + " late, " + n(excess) + " excess decided, " + n(cancelled) +
               " cancelled, " + n(refused) + " refused";
    }
};

class RandomMoves {
public:
    explicit RandomMoves(unsigned seed) : random_(seed) { account_.location("BOM"); }

    void step() {
        const auto dice = below(16);
        if (dice < 2) return bring_in();
        if (dice < 5) return create();
        if (dice < 7) return approve_or_amend();
        if (dice < 10) return dispatch();
        if (dice < 13) return receive();
        if (dice < 14) return resolve();
        if (dice < 15) return below(3) == 0 ? cancel() : decide_excess();
        disturb();
    }

    // Everything that is under way is received or found, every excess decided.
    void finish_all() {
        for (const auto& number : numbers("status IN ('dispatched', 'partly_received')")) {
            auto rest = receiving(number);
            rest.complete = true;
            attempt([&](Transaction& t) { receive_transfer(t, rest); });
            for (auto transfer = look(number); !transfer.differences.empty();
                 transfer = look(number)) {
                const auto open =
                    std::find_if(transfer.differences.begin(), transfer.differences.end(),
                                 [](const TransferDifference& one) { return one.open.positive(); });
                if (open == transfer.differences.end()) break;
                const auto request = found(transfer, *open, open->open);
                if (!attempt([&](Transaction& t) { resolve_difference(t, request); })) break;
            }
        }
    }

    [[nodiscard]] int made() const { return made_; }
    [[nodiscard]] const Seen& seen() const { return seen_; }
    Mover& account() { return account_; }

private:
    int below(int limit) { return std::uniform_int_distribution<>(0, limit - 1)(random_); }
    // One step in ten is wrong on purpose, or at least may be.
    bool blindly() { return below(10) == 0; }
    Count some_of(std::int64_t most) { return Count(below(static_cast<int>(most) + 1)); }
    std::string place() { return std::array{"BLR", "DEL", "BOM"}[static_cast<unsigned>(below(3))]; }
    std::string sku() {
        return std::array{"TEA", "TEA", "MILK", "PHONE"}[static_cast<unsigned>(below(4))];
    }
    LotCode lot() { return LotCode("L" + std::to_string(below(4))); }
    DifferenceOutcome outcome() { return static_cast<DifferenceOutcome>(below(3)); }

    template <class Work>
    bool attempt(Work work) {
        try {
            account_.run(work);
            return true;
        } catch (const Refusal& refusal) {
            EXPECT_NE(refusal.kind(), RefusalKind::internal) << refusal.what();
            ++seen_.refused;
            return false;
        }
    }

    Transfer look(const DocumentNumber& number) {
        return account_.run([&](Transaction& t) { return get_transfer(t, {number}); });
    }

    std::vector<DocumentNumber> numbers(const std::string& where) {
        auto rows = account_.session().select("SELECT number FROM transfer WHERE " + where +
                                              " ORDER BY number DESC");
        std::vector<DocumentNumber> all;
        while (rows.next()) all.push_back(rows.get<DocumentNumber>(0));
        return all;
    }

    // A late one for which this holds; blindly any.
    std::optional<Transfer> one_that(const std::string& where) {
        const auto all = numbers(blindly() ? "1 = 1" : where);
        if (all.empty()) return std::nullopt;
        const auto recent = static_cast<int>(std::min<std::size_t>(all.size(), 40));
        return look(all[static_cast<std::size_t>(below(recent))]);
    }

    std::vector<Serial> serials(const std::string& sql,
                                const std::vector<storage::Parameter>& parameters,
                                std::int64_t skip, std::int64_t count) {
        auto rows = account_.session().select(sql, std::span(parameters));
        std::vector<Serial> all;
        while (static_cast<std::int64_t>(all.size()) < count && rows.next()) {
            if (skip-- > 0) continue;
            all.push_back(rows.get<Serial>(0));
        }
        return all;
    }
    // Those that are kept for nobody.
    std::vector<Serial> phones_at(const LocationCode& location, std::int64_t skip,
                                  std::int64_t count) {
        return serials(
            "SELECT serial FROM serial WHERE location = :location AND condition = 'sellable' "
            "AND serial NOT IN (SELECT serial FROM serial_hold) ORDER BY serial",
            {{"location", location}}, skip, count);
    }
    std::vector<Serial> phones_kept_for(const DocumentNumber& transfer, std::int32_t line,
                                        std::int64_t count) {
        return serials(
            "SELECT serial FROM serial_hold WHERE order_number = :transfer AND line = :line "
            "ORDER BY serial",
            {{"transfer", transfer}, {"line", line}}, 0, count);
    }
    std::vector<Serial> phones_under_way(const DocumentNumber& transfer, std::int32_t line,
                                         std::int64_t skip, std::int64_t count) {
        return serials(
            "SELECT serial FROM transit_part WHERE transfer = :transfer AND line = :line "
            "ORDER BY part",
            {{"transfer", transfer}, {"line", line}}, skip, count);
    }

    void bring_in() {
        auto request = TestAccount::adjustment(place(), "opening");
        auto& line = request.lines.emplace_back();
        line.sku = Sku(sku());
        line.quantity = SignedQuantity(1 + below(60));
        line.unit_cost = Money::from_raw(below(200'000'000));
        if (line.sku.text() == "MILK") line.lot = lot();
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
        do {
            request.destination = LocationCode(place());
        } while (request.destination == request.source && !blindly());
        for (int lines = 1 + below(3); lines > 0; --lines) {
            auto& line = request.lines.emplace_back();
            line.sku = Sku(sku());
            line.quantity = Quantity(1 + below(9));
            if (line.sku.text() == "MILK" && below(4) == 0) line.lot = lot();
            if (line.sku.text() == "PHONE" && below(3) == 0) {
                line.serials = phones_at(request.source, below(4), line.quantity.raw());
            }
        }
        std::optional<DocumentNumber> number;
        attempt([&](Transaction& t) { number = create_transfer(t, request).number; });
        if (!number) return;
        ++made_;
        if (below(3) != 0) approve(*number);
    }

    void approve(const DocumentNumber& number) {
        const bool may_wait = below(3) == 0;
        if (attempt([&](Transaction& t) { approve_transfer(t, {number, may_wait}); })) {
            ++seen_.approved;
        }
    }

    void approve_or_amend() {
        const auto transfer = one_that("status IN ('draft', 'approved')");
        if (!transfer) return;
        if (transfer->status == TransferStatus::draft && below(3) != 0) {
            return approve(transfer->number);
        }
        transfers::Amend request;
        request.number = transfer->number;
        request.lines->push_back({1, Count(below(10))});
        attempt([&](Transaction& t) { amend_transfer(t, request); });
    }

    void dispatch() {
        const auto transfer = one_that("status = 'approved'");
        if (!transfer) return;
        transfers::Dispatch request;
        request.number = transfer->number;
        std::int64_t phones = 0;
        for (const auto& line : transfer->lines) {
            if (!line.reserved.positive()) continue;
            transfers::DispatchLine wanted;
            wanted.line = line.line;
            wanted.quantity = below(3) == 0 ? Quantity(1) + some_of(line.reserved.raw() - 1)
                                            : Quantity(line.reserved);
            if (line.sku.text() == "PHONE") {
                wanted.serials =
                    phones_kept_for(transfer->number, line.line, wanted.quantity.raw());
                const auto more =
                    wanted.quantity.raw() - static_cast<std::int64_t>(wanted.serials->size());
                for (auto& phone : phones_at(transfer->source, phones, more)) {
                    wanted.serials->push_back(std::move(phone));
                }
                phones += more;
            }
            if (line.sku.text() == "MILK" && below(4) == 0) wanted.lot = lot();
            request.lines->push_back(wanted);
        }
        if (attempt([&](Transaction& t) { dispatch_transfer(t, request); })) ++seen_.dispatched;
    }

    static transfers::Receive receiving(const DocumentNumber& number) {
        transfers::Receive request;
        request.number = number;
        request.difference_owner = Name("desk");
        request.difference_due_on = Date::parse("2026-12-24");
        return request;
    }

    // Of what is on the way most is good; blindly, more is named than there is.
    transfers::ReceiveLine arriving(const Transfer& transfer, const TransferLine& line) {
        auto left = line.in_transit.raw() - line.difference.raw() + (blindly() ? 2 : 0);
        transfers::ReceiveLine wanted;
        wanted.line = line.line;
        wanted.quantity = below(2) == 0 ? Count(left) : some_of(left);
        left -= wanted.quantity->raw();
        wanted.damaged = some_of(std::min<std::int64_t>(left, below(3)));
        left -= wanted.damaged->raw();
        wanted.missing = some_of(std::min<std::int64_t>(left, 2));
        if (line.sku.text() == "PHONE") {
            const auto good = wanted.quantity->raw();
            wanted.serials = phones_under_way(transfer.number, line.line, 0, good);
            wanted.damaged_serials =
                phones_under_way(transfer.number, line.line, good, wanted.damaged->raw());
        }
        return wanted;
    }

    void receive() {
        const auto transfer = one_that("status IN ('dispatched', 'partly_received')");
        if (!transfer) return;
        auto request = receiving(transfer->number);
        request.complete = below(3) == 0;
        for (const auto& line : transfer->lines) {
            if (line.in_transit <= line.difference) continue;
            auto wanted = arriving(*transfer, line);
            const bool any = wanted.quantity->positive() || wanted.damaged->positive() ||
                             wanted.missing->positive();
            if (any) request.lines->push_back(std::move(wanted));
        }
        if (below(8) == 0) {
            transfers::ExcessLine more;
            more.sku = Sku("TEA");
            more.quantity = Quantity(1 + below(3));
            if (below(2) == 0) more.unit_cost = Money::from_raw(below(90'000'000));
            request.excess->push_back(more);
        }
        if (attempt([&](Transaction& t) { receive_transfer(t, request); })) ++seen_.received;
    }

    transfers::Resolve found(const Transfer& transfer, const TransferDifference& difference,
                             Quantity quantity) {
        transfers::Resolve request;
        request.number = transfer.number;
        request.difference = difference.difference;
        request.outcome = outcome();
        request.quantity = quantity;
        request.damaged = below(3) == 0;
        request.reason = Reason("found out");
        if (difference.sku.text() == "PHONE") {
            request.serials =
                phones_under_way(transfer.number, difference.line, 0, request.quantity->raw());
        }
        return request;
    }

    void resolve() {
        const auto transfer = one_that(
            "EXISTS (SELECT 1 FROM transfer_difference d WHERE d.transfer = number AND d.open > "
            "0)");
        if (!transfer || transfer->differences.empty()) return;
        const auto& difference = transfer->differences[static_cast<std::size_t>(
            below(static_cast<int>(transfer->differences.size())))];
        const auto request =
            found(*transfer, difference, Quantity(1) + some_of(difference.open.raw()));
        if (!attempt([&](Transaction& t) { resolve_difference(t, request); })) return;
        ++seen_.resolved[static_cast<std::size_t>(request.outcome)];
    }

    void decide_excess() {
        const auto transfer = one_that(
            "EXISTS (SELECT 1 FROM transfer_excess e WHERE e.transfer = number AND "
            "e.status = 'waiting')");
        if (!transfer || transfer->excess.empty()) return;
        const auto number = 1 + below(static_cast<int>(transfer->excess.size()));
        const bool taken = below(2) == 0;
        const bool decided = attempt([&](Transaction& t) {
            taken ? approve_excess(t, {transfer->number, number})
                  : reject_excess(t, {transfer->number, number, std::nullopt});
        });
        if (decided) ++seen_.excess;
    }

    void cancel() {
        const auto transfer = one_that("status NOT IN ('received', 'cancelled')");
        if (!transfer) return;
        transfers::Cancel request;
        request.number = transfer->number;
        request.reason = Reason("changed our mind");
        for (const auto& line : transfer->lines) {
            if (!line.in_transit.positive()) continue;
            transfers::Disposition where;
            where.line = line.line;
            where.quantity = line.in_transit;
            where.outcome = outcome();
            if (line.sku.text() == "PHONE") {
                where.serials =
                    phones_under_way(transfer->number, line.line, 0, line.in_transit.raw());
            }
            request.dispositions->push_back(where);
        }
        if (attempt([&](Transaction& t) { cancel_transfer(t, request); })) ++seen_.cancelled;
    }

    // What others do meanwhile.
    void disturb() {
        if (below(6) == 0) return lose_phone();
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
            line.counted = Count(below(60));
            attempt([&](Transaction& t) { adjust(t, request); });
            return;
        }
        const auto one = lot();
        if (below(3) == 0) {
            attempt([&](Transaction& t) { lock_lot(t, {Sku("MILK"), one, std::nullopt}); });
        } else {
            attempt([&](Transaction& t) { unlock_lot(t, {Sku("MILK"), one, std::nullopt}); });
        }
    }

    // Any of a place, kept for somebody or not.
    void lose_phone() {
        auto request = TestAccount::adjustment(place(), below(4) == 0 ? "correction" : "loss");
        auto& line = request.lines.emplace_back();
        line.sku = Sku("PHONE");
        line.quantity = SignedQuantity(-1);
        line.serials = serials(
            "SELECT serial FROM serial WHERE location = :location AND condition = 'sellable' "
            "ORDER BY serial",
            {{"location", request.location}}, below(20), 1);
        attempt([&](Transaction& t) { adjust(t, request); });
    }

    std::mt19937 random_;
    Mover account_;
    std::int64_t phones_ = 0;
    int made_ = 0;
    Seen seen_;
};

}  // namespace wharf::domain::testing
