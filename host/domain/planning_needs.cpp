// Demand and supply per product and location: one statement, each term one look into an index.
#include <algorithm>

#include "host/domain/pages.hpp"
#include "host/domain/planning.hpp"
#include "host/domain/planning_demand.hpp"
#include "host/domain/planning_filters.hpp"

namespace wharf::domain {
namespace {

// Pegs of held orders tie supply but cover no demand: there are few, so they are taken off the sum
// rather than every peg being looked at. Only a horizon makes that look necessary.
constexpr std::string_view kHeld =
    "WITH held AS (SELECT p.location AS location, p.sku AS sku, "
    "CAST(SUM(p.quantity) AS BIGINT) AS quantity FROM sales_order o "
    "JOIN peg p ON p.sales_order = o.number WHERE o.status = 'held' GROUP BY p.location, p.sku) ";
constexpr std::string_view kPegged =
    "COALESCE((SELECT CAST(SUM(p.quantity) AS BIGINT) FROM peg p WHERE p.location = g.location "
    "AND p.sku = g.sku), 0) - COALESCE((SELECT h.quantity FROM held h "
    "WHERE h.location = g.location AND h.sku = g.sku), 0)";
constexpr std::string_view kPeggedWithin =
    "COALESCE((SELECT CAST(SUM(p.quantity) AS BIGINT) FROM peg p JOIN waiting_line w "
    "ON w.order_number = p.sales_order AND w.line = p.order_line "
    "WHERE p.location = g.location AND p.sku = g.sku AND (w.promised_for <= :due "
    "OR w.promised_for = :sorts_last)), 0)";

// Sellable stock counts whether it is on a shelf yet or not: it is here, and will be free.
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
    "WHERE b.location = g.location AND b.sku = g.sku AND b.condition = 'quality_check'), 0) "
    // What stands at a hub, checked or not, is supply of the place that it is for.
    "+ COALESCE((SELECT CAST(SUM(l.waiting) AS BIGINT) FROM receipt_onward o JOIN receipt_line l "
    "ON l.receipt = o.receipt AND l.line = o.line WHERE o.destination = g.location "
    "AND o.sku = g.sku), 0) - COALESCE((SELECT CAST(SUM(l.waiting - o.waiting) AS BIGINT) "
    "FROM receipt_onward o JOIN receipt_line l ON l.receipt = o.receipt AND l.line = o.line "
    "WHERE o.hub = g.location AND o.sku = g.sku), 0), "
    "COALESCE((SELECT CAST(SUM(p.quantity) AS BIGINT) FROM peg p WHERE p.location = g.location "
    "AND p.sku = g.sku AND p.supply_kind = 'receipt'), 0), "
    "COALESCE((SELECT CAST(SUM(l.quantity - l.received) AS BIGINT) FROM customer_return_line l "
    "JOIN customer_return c ON c.number = l.return_number WHERE c.location = g.location "
    "AND l.sku = g.sku AND l.quantity > l.received "
    "AND c.status IN ('expected', 'partly_received')), 0), "
    "(SELECT CASE WHEN d.active = 0 THEN 1 ELSE d.discontinued END FROM product d "
    "WHERE d.sku = g.sku), "
    "COALESCE((SELECT CAST(SUM(l.owed) AS BIGINT) FROM transfer_line l "
    "WHERE l.location = g.location AND l.sku = g.sku AND l.owed > 0), 0), "
    "COALESCE((SELECT CAST(SUM(p.quantity) AS BIGINT) FROM peg p WHERE p.location = g.location "
    "AND p.sku = g.sku AND p.supply_kind = 'transfer'), 0), "
    // Sellable already, and kept for pegs: these are no pegs on quality check.
    "COALESCE((SELECT CAST(SUM(l.docked) AS BIGINT) FROM receipt_line l "
    "WHERE l.location = g.location AND l.sku = g.sku AND l.waiting > 0), 0)";

class NeedsQuery {
public:
    NeedsQuery(Transaction& transaction, const planning::Needs& request)
        : request_(request),
          places_("w.location", transaction.actor()),
          after_(decode_cursor(request.after, 2)),
          today_(transaction.today()),
          rows_(page_limit(transaction, request.limit) + 1),
          parameters_(places_.parameters()) {}
    NeedsQuery(const NeedsQuery&) = delete;
    NeedsQuery& operator=(const NeedsQuery&) = delete;

    storage::Cursor run(storage::Session& session) {
        const std::string pegged(request_.due_before ? kPeggedWithin : kPegged);
        std::string sql(request_.due_before ? std::string_view() : kHeld);
        sql += "SELECT g.location, g.sku, g.waiting, " + pegged + ", " + std::string(kTerms) +
               " FROM (" + groups() + ") g";
        if (*request_.unpegged_only) sql += " WHERE g.waiting > " + pegged;
        sql += " ORDER BY g.location, g.sku LIMIT :rows";
        parameters_.emplace_back("today", today_);
        parameters_.emplace_back("rows", rows_);
        return session.select(sql, parameters_);
    }

private:
    // Products and locations with demand, and how much.
    std::string groups() {
        std::string sql =
            "SELECT w.location AS location, w.sku AS sku, CAST(SUM(w.waiting) AS BIGINT) AS "
            "waiting FROM waiting_line w WHERE (w.location, w.sku) > (:after_location, :after_sku)";
        parameters_.emplace_back("after_location", after_[0]);
        parameters_.emplace_back("after_sku", after_[1]);
        sql += places_.condition();
        if (request_.due_before) {
            sql += kDueCondition;
            parameters_.emplace_back("due", *request_.due_before);
            parameters_.emplace_back("sorts_last", kSortsLast);
        }
        if (request_.location) {
            sql += " AND w.location = :location";
            parameters_.emplace_back("location", *request_.location);
        }
        if (request_.sku) {
            sql += " AND w.sku = :sku";
            parameters_.emplace_back("sku", *request_.sku);
        }
        return sql + " GROUP BY w.location, w.sku";
    }

    const planning::Needs& request_;
    PlaceParameters places_;
    std::vector<std::string> after_;
    Date today_;
    std::size_t rows_;
    std::vector<storage::Parameter> parameters_;
};

planning::Need read_need(const storage::Cursor& row) {
    const auto left = [](Quantity supply, Quantity pegged) {
        return std::max(supply - pegged, Quantity(0));
    };
    const auto unpegged = [&](int supply, int pegged) {
        return left(row.get<Quantity>(supply), row.get<Quantity>(pegged));
    };
    const auto docked = row.get<Quantity>(13);
    planning::Need need;
    need.location = row.get<LocationCode>(0);
    need.sku = row.get<Sku>(1);
    need.waiting = row.get<Count>(2);
    need.pegged = row.get<Count>(3);
    need.sellable = left(row.get<Quantity>(4), docked);
    need.open_purchase_orders = unpegged(5, 6);
    need.in_transit = unpegged(11, 12);
    need.quality_check = left(row.get<Quantity>(7), row.get<Quantity>(8) - docked);
    need.expected_returns = row.get<Count>(9);
    need.discontinued = !row.is_null(10) && row.get<bool>(10);
    return need;
}

}  // namespace

Page<planning::Need> needs(Transaction& transaction, const planning::Needs& request) {
    refuse_vendors(transaction);
    NeedsQuery query(transaction, request);
    auto row = query.run(transaction.session());
    return collect_page<planning::Need>(
        page_limit(transaction, request.limit),
        [&]() { return row.next() ? std::optional(read_need(row)) : std::nullopt; },
        [](const planning::Need& last) {
            return encode_cursor({last.location.view(), last.sku.view()});
        });
}

}  // namespace wharf::domain
