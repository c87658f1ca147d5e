#include "host/domain/pegs.hpp"

#include <algorithm>

#include "host/domain/counters.hpp"
#include "host/domain/dock.hpp"
#include "host/domain/released_pegs.hpp"
#include "host/domain/waiting_order.hpp"

namespace wharf::domain {
namespace {

// How firm the supply behind a peg is: the loosest loses its demand first. What is here already, in
// quality check or on the dock, is the firmest.
int firmness(SupplyKind kind, std::string_view status) {
    if (kind == SupplyKind::receipt) return 3;
    if (status == "draft") return 0;
    return status == "waiting_for_approval" ? 1 : 2;
}

struct FirmPeg {
    Peg peg;
    int firmness = 0;
};

std::vector<FirmPeg> pegs_on_demand(Transaction& transaction, const DocumentNumber& order,
                                    std::int32_t line) {
    auto row = transaction.session().select(
        "SELECT p.id, p.sales_order, p.order_line, p.sku, p.location, p.supply_kind, "
        "p.supply_number, p.supply_line, p.quantity, COALESCE(o.status, t.status) FROM peg p "
        "LEFT JOIN purchase_order o ON o.number = p.supply_number "
        "AND p.supply_kind = 'purchase_order' "
        "LEFT JOIN transfer t ON t.number = p.supply_number AND p.supply_kind = 'transfer' "
        "WHERE p.sales_order = :number AND p.order_line = :line ORDER BY p.id DESC",
        {{"number", order}, {"line", line}});
    std::vector<FirmPeg> pegs;
    while (row.next()) {
        auto peg = read_peg(row);
        const auto kind = peg.supply.kind;
        pegs.push_back({std::move(peg), firmness(kind, row.is_null(9) ? "" : row.text(9))});
    }
    return pegs;
}

template <class Pegs, class PegOf>
Quantity sum_of(const Pegs& pegs, PegOf peg_of) {
    Quantity sum;
    for (const auto& entry : pegs) sum += peg_of(entry).quantity;
    return sum;
}

bool join_existing(Transaction& transaction, const DocumentNumber& order, std::int32_t order_line,
                   const SupplyLine& supply, Quantity quantity) {
    return transaction.session().execute(
               "UPDATE peg SET quantity = quantity + :quantity WHERE sales_order = :number "
               "AND order_line = :line AND supply_kind = :kind AND supply_number = :supply "
               "AND supply_line = :supply_line",
               {{"quantity", quantity},
                {"number", order},
                {"line", order_line},
                {"kind", supply.kind},
                {"supply", supply.number},
                {"supply_line", supply.line}}) > 0;
}

}  // namespace

Peg read_peg(const storage::Cursor& row) {
    Peg peg;
    peg.id = row.integer(0);
    peg.order = row.get<DocumentNumber>(1);
    peg.order_line = row.get<std::int32_t>(2);
    peg.sku = row.get<Sku>(3);
    peg.location = row.get<LocationCode>(4);
    peg.supply = {row.get<SupplyKind>(5), row.get<DocumentNumber>(6), row.get<std::int32_t>(7)};
    peg.quantity = row.get<Quantity>(8);
    return peg;
}

void shrink_demand_pegs(Transaction& transaction, const DocumentNumber& order, std::int32_t line,
                        Count waiting) {
    auto pegs = pegs_on_demand(transaction, order, line);
    auto excess = sum_of(pegs, [](const FirmPeg& entry) { return entry.peg; }) - waiting;
    if (!excess.positive()) return;
    std::stable_sort(pegs.begin(), pegs.end(), [](const FirmPeg& left, const FirmPeg& right) {
        return left.firmness < right.firmness;
    });
    for (const auto& entry : pegs) {
        if (!excess.positive()) break;
        const auto taken = std::min(excess, entry.peg.quantity);
        reduce_peg(transaction, entry.peg, taken);
        excess -= taken;
    }
}

void shrink_supply_pegs(Transaction& transaction, const SupplyLine& supply, Count owed) {
    auto excess = pegged_on_supply(transaction, supply) - owed;
    if (!excess.positive()) return;
    const auto pegs = pegs_on_supply(transaction, supply);
    for (auto peg = pegs.rbegin(); peg != pegs.rend() && excess.positive(); ++peg) {
        const auto taken = std::min(excess, peg->quantity);
        remember_released_peg(transaction, *peg, taken);
        reduce_peg(transaction, *peg, taken);
        excess -= taken;
    }
}

std::vector<Peg> pegs_on_supply(Transaction& transaction, const SupplyLine& supply) {
    static constexpr std::string_view kSelect =
        "SELECT p.id, p.sales_order, p.order_line, p.sku, p.location, p.supply_kind, "
        "p.supply_number, p.supply_line, p.quantity FROM peg p "
        "LEFT JOIN waiting_line w ON w.order_number = p.sales_order AND w.line = p.order_line "
        "WHERE p.supply_number = :number AND p.supply_line = :line AND p.supply_kind = :kind ";
    // A line that is no demand just now (held) comes last: it is the first to lose.
    // Appended piece by piece: GCC 12 warns of a sum of strings in release builds.
    std::string sql(kSelect);
    sql += "ORDER BY (w.line IS NULL), w.";
    sql += allocation_column(transaction.policies());
    sql += ", p.sales_order, p.order_line";
    auto row = transaction.session().select(
        sql, {{"number", supply.number}, {"line", supply.line}, {"kind", supply.kind}});
    std::vector<Peg> pegs;
    while (row.next()) pegs.push_back(read_peg(row));
    return pegs;
}

Count pegged_on_supply(Transaction& transaction, const SupplyLine& supply) {
    return transaction.session()
        .value<Count>(
            "SELECT CAST(SUM(quantity) AS BIGINT) FROM peg WHERE supply_number = :number "
            "AND supply_line = :line AND supply_kind = :kind",
            {{"number", supply.number}, {"line", supply.line}, {"kind", supply.kind}})
        .value_or(Count(0));
}

Count pegged_on_demand(Transaction& transaction, const DocumentNumber& order, std::int32_t line) {
    return transaction.session()
        .value<Count>(
            "SELECT CAST(SUM(quantity) AS BIGINT) FROM peg WHERE sales_order = :number "
            "AND order_line = :line",
            {{"number", order}, {"line", line}})
        .value_or(Count(0));
}

void peg(Transaction& transaction, const DocumentNumber& order, std::int32_t order_line,
         const Sku& sku, const LocationCode& location, const SupplyLine& supply,
         Quantity quantity) {
    if (!quantity.positive()) return;
    if (join_existing(transaction, order, order_line, supply, quantity)) return;
    peg_all(transaction, supply, sku, location, {{order, order_line, quantity}});
}

void peg_all(Transaction& transaction, const SupplyLine& supply, const Sku& sku,
             const LocationCode& location, const std::vector<Tied>& tied) {
    if (tied.empty()) return;
    auto& session = transaction.session();
    auto id = take_numbers(session, "peg", static_cast<std::int64_t>(tied.size()));
    for (const auto& line : tied) {
        session.execute(
            "INSERT INTO peg (id, sales_order, order_line, sku, location, supply_kind, "
            "supply_number, supply_line, quantity) VALUES (:id, :number, :line, :sku, :location, "
            ":kind, :supply, :supply_line, :quantity)",
            {{"id", id++},
             {"number", line.order},
             {"line", line.line},
             {"sku", sku},
             {"location", location},
             {"kind", supply.kind},
             {"supply", supply.number},
             {"supply_line", supply.line},
             {"quantity", line.quantity}});
    }
}

void reduce_peg(Transaction& transaction, const Peg& peg, Quantity quantity) {
    if (quantity >= peg.quantity) {
        transaction.session().execute("DELETE FROM peg WHERE id = :id", {{"id", peg.id}});
    } else {
        transaction.session().execute(
            "UPDATE peg SET quantity = quantity - :quantity WHERE id = :id",
            {{"quantity", quantity}, {"id", peg.id}});
    }
    if (peg.supply.kind != SupplyKind::receipt) return;
    keep_docked(transaction, peg.supply, pegged_on_supply(transaction, peg.supply));
}

void move_pegs(Transaction& transaction, const SupplyLine& from, const SupplyLine& to,
               Count quantity) {
    Quantity left = quantity;
    if (!left.positive()) return;
    for (const auto& tied : pegs_on_supply(transaction, from)) {
        if (!left.positive()) return;
        const auto moved = std::min(left, tied.quantity);
        reduce_peg(transaction, tied, moved);
        peg(transaction, tied.order, tied.order_line, tied.sku, tied.location, to, moved);
        left -= moved;
    }
}

}  // namespace wharf::domain
