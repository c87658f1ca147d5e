#include "host/domain/planning_supply.hpp"

#include <limits>

#include "host/domain/list_query.hpp"
#include "host/domain/pegs.hpp"
#include "host/domain/planning_filters.hpp"

namespace wharf::domain {
namespace {

constexpr std::int64_t kNoDay = std::numeric_limits<std::int64_t>::max();

constexpr std::string_view kOrders =
    "SELECT 'purchase_order' AS kind, l.purchase_order AS number, l.line AS line, l.sku AS sku, "
    "l.location AS location, o.vendor AS vendor, o.status AS status, "
    "o.expected_on AS expected_on, COALESCE(o.expected_on, :no_day) AS day, "
    "l.outstanding AS owed, o.source AS source FROM purchase_order_line l "
    "JOIN purchase_order o ON o.number = l.purchase_order WHERE l.outstanding > 0";

// A transfer is supply from its draft on, like a purchase order; what was reported missing is not.
constexpr std::string_view kTransfers =
    "SELECT 'transfer' AS kind, l.transfer AS number, l.line AS line, l.sku AS sku, "
    "l.location AS location, NULL AS vendor, NULL AS status, t.expected_on AS expected_on, "
    "COALESCE(t.expected_on, :no_day) AS day, l.owed AS owed, t.made_by AS source "
    "FROM transfer_line l JOIN transfer t ON t.number = l.transfer WHERE l.owed > 0";

constexpr std::string_view kReceipts =
    "SELECT 'receipt' AS kind, l.receipt AS number, l.line AS line, l.sku AS sku, "
    "l.location AS location, r.vendor AS vendor, NULL AS status, NULL AS expected_on, "
    "0 AS day, l.waiting AS owed, r.source AS source FROM receipt_line l "
    "JOIN receipt r ON r.number = l.receipt WHERE l.waiting > 0";

std::string branch(std::string_view select, const SupplyFilter& filter, const std::string& places) {
    std::string sql(select);
    if (filter.sku) sql += " AND l.sku = :sku";
    if (filter.location) sql += " AND l.location = :location";
    return sql + places;
}

planning::Supply read_row(const storage::Cursor& row) {
    planning::Supply supply;
    supply.supply = {row.get<SupplyKind>(0), row.get<DocumentNumber>(1), row.get<std::int32_t>(2)};
    supply.sku = row.get<Sku>(3);
    supply.location = row.get<LocationCode>(4);
    supply.vendor = row.get<std::optional<VendorCode>>(5);
    if (!row.is_null(6)) supply.status = row.get<PurchaseOrderStatus>(6);
    supply.expected_on = row.get<std::optional<Date>>(7);
    supply.owed = row.get<Count>(8);
    supply.source = row.get<Name>(9);
    supply.pegged = row.get<Count>(10);
    return supply;
}

std::string_view one_line_sql(SupplyKind kind) {
    switch (kind) {
        case SupplyKind::purchase_order:
            return "SELECT l.sku, l.location, l.outstanding, o.vendor FROM purchase_order_line l "
                   "JOIN purchase_order o ON o.number = l.purchase_order "
                   "WHERE l.purchase_order = :number AND l.line = :line AND l.outstanding > 0";
        case SupplyKind::transfer:
            return "SELECT sku, location, owed, NULL AS vendor FROM transfer_line "
                   "WHERE transfer = :number AND line = :line AND owed > 0";
        case SupplyKind::receipt:
            return "SELECT l.sku, l.location, l.waiting, r.vendor FROM receipt_line l "
                   "JOIN receipt r ON r.number = l.receipt "
                   "WHERE l.receipt = :number AND l.line = :line AND l.waiting > 0";
        default:
            return {};
    }
}

}  // namespace

SupplyMark mark_of(const planning::Supply& supply) {
    const auto day = supply.supply.kind == SupplyKind::receipt ? 0
                     : supply.expected_on                      ? supply.expected_on->raw()
                                                               : kNoDay;
    return {day, supply.supply.number.text(), supply.supply.line};
}

std::vector<planning::Supply> read_supply(Transaction& transaction, const SupplyFilter& filter,
                                          const SupplyMark& after, std::size_t limit) {
    if (!filter.purchase_orders && !filter.in_transit && !filter.quality_check) return {};
    PlaceParameters places("l.location", transaction.actor());
    std::string inner;
    auto add = [&](bool wanted, std::string_view select) {
        if (!wanted) return;
        if (!inner.empty()) inner += " UNION ALL ";
        inner += branch(select, filter, places.condition());
    };
    add(filter.purchase_orders, kOrders);
    add(filter.in_transit, kTransfers);
    add(filter.quality_check, kReceipts);
    std::string sql =
        "SELECT kind, number, line, sku, location, vendor, status, expected_on, owed, source, "
        "pegged FROM (SELECT s.*, COALESCE((SELECT CAST(SUM(p.quantity) AS BIGINT) FROM peg p "
        "WHERE p.supply_number = s.number AND p.supply_line = s.line AND p.supply_kind = s.kind), "
        "0) AS pegged FROM (" +
        inner + ") s) t WHERE (day, number, line) > (:day, :number, :line)";
    if (filter.unpegged_only) sql += " AND owed > pegged";
    sql += " ORDER BY day, number, line LIMIT :rows";
    auto parameters = places.parameters();
    parameters.insert(
        parameters.end(),
        {{"day", after.day}, {"number", after.number}, {"line", after.line}, {"rows", limit}});
    if (filter.purchase_orders || filter.in_transit) parameters.emplace_back("no_day", kNoDay);
    if (filter.sku) parameters.emplace_back("sku", *filter.sku);
    if (filter.location) parameters.emplace_back("location", *filter.location);
    auto row = transaction.session().select(sql, parameters);
    std::vector<planning::Supply> lines;
    while (row.next()) lines.push_back(read_row(row));
    return lines;
}

std::optional<planning::Supply> find_supply(Transaction& transaction, const SupplyLine& line) {
    auto supply = read_supply_line(transaction, line);
    if (supply && !transaction.actor().sees(supply->location)) return std::nullopt;
    return supply;
}

std::optional<planning::Supply> read_supply_line(Transaction& transaction, const SupplyLine& line) {
    const auto select = one_line_sql(line.kind);
    if (select.empty()) return std::nullopt;
    auto row = transaction.session().select(select, {{"number", line.number}, {"line", line.line}});
    if (!row.next()) return std::nullopt;
    planning::Supply supply;
    supply.supply = line;
    supply.sku = row.get<Sku>(0);
    supply.location = row.get<LocationCode>(1);
    supply.owed = row.get<Count>(2);
    supply.vendor = row.get<std::optional<VendorCode>>(3);
    supply.pegged = pegged_on_supply(transaction, line);
    return supply;
}

}  // namespace wharf::domain
