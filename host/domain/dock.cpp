#include "host/domain/dock.hpp"

#include <algorithm>
#include <vector>

#include "host/domain/allocation.hpp"
#include "host/domain/pegs.hpp"
#include "host/domain/planning_supply.hpp"

namespace wharf::domain {
namespace {

struct DockedLine {
    SupplyLine supply;
    Quantity quantity;
};

// Oldest receipt first.
std::vector<DockedLine> docked_lines(Transaction& transaction, const Sku& sku,
                                     const LocationCode& location) {
    auto rows = transaction.session().select(
        "SELECT receipt, line, docked FROM receipt_line WHERE location = :location "
        "AND sku = :sku AND waiting > 0 AND docked > 0 ORDER BY receipt, line",
        {{"location", location}, {"sku", sku}});
    std::vector<DockedLine> lines;
    while (rows.next()) {
        lines.push_back(
            {{SupplyKind::receipt, rows.get<DocumentNumber>(0), rows.get<std::int32_t>(1)},
             rows.get<Quantity>(2)});
    }
    return lines;
}

// Pegs that wait on the dock, beyond what stands there.
Quantity beyond_dock(Transaction& transaction, const std::vector<DockedLine>& lines, const Sku& sku,
                     const LocationCode& location) {
    Quantity beyond;
    for (const auto& line : lines) beyond += line.quantity;
    if (!transaction.policies().putaway_required) return beyond;
    return beyond - transaction.session()
                        .value<Count>(
                            "SELECT CAST(SUM(docked) AS BIGINT) FROM stock "
                            "WHERE location = :location AND sku = :sku",
                            {{"location", location}, {"sku", sku}})
                        .value_or(Count(0));
}

void release_from_dock(Transaction& transaction, const DockedLine& line, Quantity quantity) {
    keep_docked(transaction, line.supply, line.quantity - quantity);
    const auto supply = read_supply_line(transaction, line.supply);
    shrink_supply_pegs(transaction, line.supply, supply ? supply->owed : Count(0));
}

}  // namespace

bool waits_for_putaway(Transaction& transaction, const LocationCode& location, const BinCode& bin) {
    if (!transaction.policies().putaway_required) return false;
    const auto dock = transaction.session().value<BinCode>(
        "SELECT default_bin FROM location WHERE code = :code", {{"code", location}});
    return dock == bin;
}

void put_on_dock(Transaction& transaction, const SupplyLine& line, Quantity quantity) {
    const Quantity docked = std::min(Quantity(pegged_on_supply(transaction, line)),
                                     docked_on(transaction, line) + quantity);
    transaction.session().execute(
        "UPDATE receipt_line SET waiting = waiting - COALESCE(docked, 0) + :docked, "
        "docked = :docked WHERE receipt = :receipt AND line = :line",
        {{"docked", docked}, {"receipt", line.number}, {"line", line.line}});
}

Count docked_on(Transaction& transaction, const SupplyLine& line) {
    return transaction.session()
        .value<Count>("SELECT docked FROM receipt_line WHERE receipt = :receipt AND line = :line",
                      {{"receipt", line.number}, {"line", line.line}})
        .value_or(Count(0));
}

void keep_docked(Transaction& transaction, const SupplyLine& line, Count docked) {
    transaction.session().execute(
        "UPDATE receipt_line SET waiting = waiting - docked + :docked, docked = :docked "
        "WHERE receipt = :receipt AND line = :line AND docked > :docked",
        {{"docked", docked}, {"receipt", line.number}, {"line", line.line}});
}

void serve_dock(Transaction& transaction, const Sku& sku, const LocationCode& location,
                Quantity quantity) {
    for (const auto& line : docked_lines(transaction, sku, location)) {
        if (!quantity.positive()) return;
        const auto served =
            serve_pegs(transaction, line.supply, sku, location, std::min(quantity, line.quantity));
        keep_docked(transaction, line.supply, line.quantity - served);
        quantity -= served;
    }
}

void settle_dock(Transaction& transaction, const Sku& sku, const LocationCode& location) {
    auto lines = docked_lines(transaction, sku, location);
    if (lines.empty()) return;
    auto beyond = beyond_dock(transaction, lines, sku, location);
    if (!beyond.positive()) return;
    serve_dock(transaction, sku, location, beyond);
    lines = docked_lines(transaction, sku, location);
    beyond = beyond_dock(transaction, lines, sku, location);
    for (auto line = lines.rbegin(); line != lines.rend() && beyond.positive(); ++line) {
        const auto gone = std::min(beyond, line->quantity);
        release_from_dock(transaction, *line, gone);
        beyond -= gone;
    }
}

}  // namespace wharf::domain
