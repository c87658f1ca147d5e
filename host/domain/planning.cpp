// Reading demand and supply.
#include "host/domain/planning.hpp"

#include <charconv>

#include "host/domain/pages.hpp"
#include "host/domain/planning_demand.hpp"
#include "host/domain/planning_filters.hpp"
#include "host/domain/planning_supply.hpp"
#include "host/domain/waiting_order.hpp"

namespace wharf::domain {
namespace {

// Each term is one look into an index for a product and location that waits; the groups come in the
// order of the index that also gives their sum.
constexpr std::string_view kPegged =
    "COALESCE((SELECT CAST(SUM(p.quantity) AS BIGINT) FROM peg p JOIN waiting_line w "
    "ON w.order_number = p.sales_order AND w.line = p.order_line "
    "WHERE p.location = g.location AND p.sku = g.sku";
constexpr std::string_view kTerms =
    "COALESCE((SELECT CAST(SUM(s.sellable - s.reserved) AS BIGINT) FROM stock s "
    "LEFT JOIN lot t ON t.sku = s.sku AND t.code = s.lot WHERE s.location = g.location "
    "AND s.sku = g.sku AND (t.code IS NULL OR (t.locked = 0 AND (t.expires_on IS NULL "
    "OR t.expires_on >= :today)))), 0), "
    "COALESCE((SELECT CAST(SUM(l.outstanding) AS BIGINT) FROM purchase_order_line l "
    "WHERE l.location = g.location AND l.sku = g.sku AND l.outstanding > 0), 0), "
    "COALESCE((SELECT CAST(SUM(p.quantity) AS BIGINT) FROM peg p WHERE p.location = g.location "
    "AND p.sku = g.sku AND p.supply_kind = 'purchase_order'), 0), "
    "COALESCE((SELECT CAST(SUM(b.quantity) AS BIGINT) FROM balance b "
    "WHERE b.location = g.location AND b.sku = g.sku AND b.condition = 'quality_check'), 0), "
    "COALESCE((SELECT CAST(SUM(p.quantity) AS BIGINT) FROM peg p WHERE p.location = g.location "
    "AND p.sku = g.sku AND p.supply_kind = 'receipt'), 0), "
    "COALESCE((SELECT CAST(SUM(l.quantity - l.received) AS BIGINT) FROM customer_return_line l "
    "JOIN customer_return c ON c.number = l.return_number WHERE c.location = g.location "
    "AND l.sku = g.sku AND l.quantity > l.received "
    "AND c.status IN ('expected', 'partly_received')), 0), "
    "(SELECT d.discontinued FROM product d WHERE d.sku = g.sku)";

planning::Need read_need(const storage::Cursor& row) {
    const auto unpegged = [&](int supply, int pegged) {
        return std::max(row.get<Quantity>(supply) - row.get<Quantity>(pegged), Quantity(0));
    };
    planning::Need need;
    need.location = row.get<LocationCode>(0);
    need.sku = row.get<Sku>(1);
    need.waiting = row.get<Count>(2);
    need.pegged = row.get<Count>(3);
    need.sellable = std::max(row.get<Quantity>(4), Quantity(0));
    need.open_purchase_orders = unpegged(5, 6);
    need.in_transit = Count(0);
    need.quality_check = unpegged(7, 8);
    need.expected_returns = row.get<Count>(9);
    need.discontinued = !row.is_null(10) && row.get<bool>(10);
    return need;
}

std::optional<std::int64_t> number_in(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

// A part of a cursor that is a number; `first` where there is no cursor.
std::int64_t number_part(const std::string& text, bool has_cursor, std::int64_t first) {
    if (!has_cursor) return first;
    if (const auto value = number_in(text)) return *value;
    throw Refusal::invalid("/after", "bad_cursor", "this is no cursor of this list");
}

template <class T>
Page<T> page_of(std::vector<T> items, std::size_t limit, std::string (*cursor)(const T&)) {
    Page<T> page;
    if (items.size() > limit) {
        items.resize(limit);
        page.next = cursor(items.back());
    }
    page.items = std::move(items);
    return page;
}

std::string need_cursor(const planning::Need& need) {
    return encode_cursor({need.location.view(), need.sku.view()});
}

std::string supply_cursor(const planning::Supply& supply) {
    const auto mark = mark_of(supply);
    return encode_cursor({std::to_string(mark.day), mark.number, std::to_string(mark.line)});
}

planning::WaitingLine read_waiting_line(const storage::Cursor& row) {
    planning::WaitingLine line;
    line.order = row.get<DocumentNumber>(0);
    line.line = row.get<std::int32_t>(1);
    line.sku = row.get<Sku>(2);
    line.location = row.get<LocationCode>(3);
    line.waiting = row.get<Count>(4);
    line.pegged = row.get<Count>(5);
    line.ordered_at = row.get<Instant>(6);
    if (row.integer(7) != kSortsLast) line.promised_for = row.get<Instant>(7);
    if (row.integer(8) != kSortsLast) line.priority = row.get<std::int32_t>(8);
    return line;
}

std::int64_t sort_key(const Policies& policies, const planning::WaitingLine& line) {
    switch (*policies.allocation_order) {
        case AllocationOrder::promised_for:
            return line.promised_for ? line.promised_for->raw() : kSortsLast;
        case AllocationOrder::priority:
            return line.priority ? std::int64_t{*line.priority} : kSortsLast;
        default:
            return line.ordered_at.raw();
    }
}

}  // namespace

Page<planning::Need> needs(Transaction& transaction, const planning::Needs& request) {
    refuse_vendors(transaction);
    const auto limit = page_limit(transaction, request.limit);
    const auto rows = limit + 1;
    const auto after = decode_cursor(request.after, 2);
    PlaceParameters places("w.location", transaction.actor());
    auto parameters = places.parameters();
    std::string due;
    if (request.due_before) {
        due = kDueCondition;
        parameters.emplace_back("due", *request.due_before);
        parameters.emplace_back("sorts_last", kSortsLast);
    }
    std::string groups =
        "SELECT w.location AS location, w.sku AS sku, CAST(SUM(w.waiting) AS BIGINT) AS waiting "
        "FROM waiting_line w WHERE (w.location, w.sku) > (:after_location, :after_sku)";
    parameters.emplace_back("after_location", after[0]);
    parameters.emplace_back("after_sku", after[1]);
    groups += places.condition() + due;
    if (request.location) {
        groups += " AND w.location = :location";
        parameters.emplace_back("location", *request.location);
    }
    if (request.sku) {
        groups += " AND w.sku = :sku";
        parameters.emplace_back("sku", *request.sku);
    }
    const auto pegged = std::string(kPegged) + due + "), 0)";
    std::string sql = "SELECT g.location, g.sku, g.waiting, " + pegged + ", " +
                      std::string(kTerms) + " FROM (" + groups + " GROUP BY w.location, w.sku) g";
    if (*request.unpegged_only) sql += " WHERE g.waiting > " + pegged;
    sql += " ORDER BY g.location, g.sku LIMIT :rows";
    const auto today = transaction.today();
    parameters.emplace_back("today", today);
    parameters.emplace_back("rows", rows);
    auto row = transaction.session().select(sql, parameters);
    std::vector<planning::Need> items;
    while (row.next()) items.push_back(read_need(row));
    return page_of(std::move(items), limit, need_cursor);
}

Page<planning::WaitingLine> waiting_lines(Transaction& transaction,
                                          const planning::WaitingLines& request) {
    refuse_vendors(transaction);
    const auto limit = page_limit(transaction, request.limit);
    const auto rows = limit + 1;
    const auto after = decode_cursor(request.after, 3);
    const bool more = request.after.has_value();
    const auto after_key = number_part(after[0], more, INT64_MIN);
    const auto after_line = number_part(after[2], more, 0);
    const auto column = std::string(allocation_column(transaction.policies()));
    PlaceParameters places("w.location", transaction.actor());
    auto parameters = places.parameters();
    std::string sql =
        "SELECT * FROM (SELECT w.order_number AS number, w.line AS line, w.sku AS sku, "
        "w.location AS location, w.waiting AS waiting, COALESCE((SELECT CAST(SUM(p.quantity) AS "
        "BIGINT) FROM peg p WHERE p.sales_order = w.order_number AND p.order_line = w.line), 0) "
        "AS pegged, w.ordered_at AS ordered_at, w.promised_for AS promised_for, "
        "w.priority AS priority FROM waiting_line w WHERE (w." +
        column + ", w.order_number, w.line) > (:after_key, :after_number, :after_line)" +
        places.condition();
    parameters.insert(parameters.end(), {{"after_key", after_key},
                                         {"after_number", after[1]},
                                         {"after_line", after_line},
                                         {"rows", rows}});
    const auto equal = [&](std::string_view name, const auto& value, std::string_view parameter) {
        if (!value) return;
        sql += " AND w." + std::string(name) + " = :" + std::string(parameter);
        parameters.emplace_back(parameter, *value);
    };
    equal("sku", request.sku, "sku");
    equal("location", request.location, "location");
    equal("order_number", request.order, "number");
    if (request.due_before) {
        sql += kDueCondition;
        parameters.emplace_back("due", *request.due_before);
        parameters.emplace_back("sorts_last", kSortsLast);
    }
    sql += ") l";
    if (*request.unpegged_only) sql += " WHERE waiting > pegged";
    sql += " ORDER BY " + column + ", number, line LIMIT :rows";
    auto row = transaction.session().select(sql, parameters);
    const auto& policies = transaction.policies();
    return collect_page<planning::WaitingLine>(
        limit, [&]() { return row.next() ? std::optional(read_waiting_line(row)) : std::nullopt; },
        [&](const planning::WaitingLine& last) {
            return encode_cursor({std::to_string(sort_key(policies, last)), last.order.view(),
                                  std::to_string(last.line)});
        });
}

Page<planning::Supply> supply_lines(Transaction& transaction,
                                    const planning::SupplyLines& request) {
    refuse_vendors(transaction);
    const auto limit = page_limit(transaction, request.limit);
    SupplyMark mark;
    if (request.after) {
        const auto after = decode_cursor(request.after, 3);
        mark = {number_part(after[0], true, 0), after[1],
                static_cast<std::int32_t>(number_part(after[2], true, 0))};
    }
    const SupplyFilter filter{request.sku, request.location, *request.unpegged_only};
    return page_of(read_supply(transaction, filter, mark, limit + 1), limit, supply_cursor);
}

}  // namespace wharf::domain
