// T1: what is in transit of each transfer line is what left and neither came, came back nor was
// lost; and the tables that repeat it: parts, differences, the order's line, the ledger's @transit.
#include "host/domain/verify.hpp"

namespace wharf::domain {
namespace {

constexpr std::string_view kTerms =
    "SELECT transfer, line, dispatched, received, damaged, returned, lost, in_transit, difference "
    "FROM transfer_line WHERE in_transit <> dispatched - received - returned - lost "
    "OR in_transit < 0 OR received < 0 OR returned < 0 OR lost < 0 OR damaged < 0 "
    "OR damaged > received OR difference < 0 OR difference > in_transit";

constexpr std::string_view kOrderLines =
    "SELECT o.number, COALESCE(t.line, s.line), COALESCE(t.dispatched, -1), s.shipped, "
    "COALESCE(t.returned, -1), s.returned, COALESCE(t.owed, -1), "
    "s.waiting + s.reserved + COALESCE(t.in_transit - t.difference, 0) FROM sales_order o "
    "JOIN sales_order_line s ON s.order_number = o.number "
    "LEFT JOIN transfer_line t ON t.transfer = o.number AND t.line = s.line "
    "WHERE o.kind = 'transfer' AND (t.line IS NULL OR t.dispatched <> s.shipped "
    "OR t.returned <> s.returned OR t.sku <> s.sku "
    "OR t.owed <> s.waiting + s.reserved + t.in_transit - t.difference)";

constexpr std::string_view kParts =
    "SELECT transfer, line, CAST(SUM(quantity) AS BIGINT) FROM ("
    "SELECT transfer, line, in_transit AS quantity FROM transfer_line UNION ALL "
    "SELECT transfer, line, -quantity AS quantity FROM transit_part) AS parts "
    "GROUP BY transfer, line HAVING SUM(quantity) <> 0";

constexpr std::string_view kLedger =
    "SELECT sku, lot, CAST(SUM(quantity) AS BIGINT), CAST(SUM(value) AS BIGINT) FROM ("
    "SELECT sku, lot, quantity, value FROM balance WHERE location = '@transit' UNION ALL "
    "SELECT sku, lot, -quantity AS quantity, -value AS value FROM transit_part) AS parts "
    "GROUP BY sku, lot HAVING SUM(quantity) <> 0 OR SUM(value) <> 0";

// For each transfer by itself: what went in, less what came out, is what is there.
constexpr std::string_view kMovements =
    "SELECT transfer, sku, CAST(SUM(quantity) AS BIGINT), CAST(SUM(value) AS BIGINT) FROM ("
    "SELECT document AS transfer, sku, quantity, value FROM movement "
    "WHERE to_location = '@transit' UNION ALL "
    "SELECT document AS transfer, sku, -quantity AS quantity, -value AS value FROM movement "
    "WHERE from_location = '@transit' UNION ALL "
    "SELECT transfer, sku, -quantity AS quantity, -value AS value FROM transit_part) AS moves "
    "GROUP BY transfer, sku HAVING SUM(quantity) <> 0 OR SUM(value) <> 0";

constexpr std::string_view kSerials =
    "SELECT serial, CAST(SUM(quantity) AS BIGINT) FROM ("
    "SELECT serial, 1 AS quantity FROM serial WHERE location = '@transit' UNION ALL "
    "SELECT serial, -quantity AS quantity FROM transit_part WHERE serial <> '') AS parts "
    "GROUP BY serial HAVING SUM(quantity) <> 0";

constexpr std::string_view kDifferences =
    "SELECT transfer, line, CAST(SUM(quantity) AS BIGINT) FROM ("
    "SELECT transfer, line, difference AS quantity FROM transfer_line UNION ALL "
    "SELECT transfer, line, -open AS quantity FROM transfer_difference) AS parts "
    "GROUP BY transfer, line HAVING SUM(quantity) <> 0";

constexpr std::string_view kOver =
    "SELECT t.number, t.status, l.line, l.in_transit FROM transfer t "
    "JOIN transfer_line l ON l.transfer = t.number WHERE l.in_transit > 0 "
    "AND t.status NOT IN ('dispatched', 'partly_received')";

}  // namespace

void verify_transfers(Transaction& transaction, Findings& findings) {
    auto& session = transaction.session();
    findings.add_rows("T1",
                      "line, dispatched, received, damaged, returned, lost, in transit, difference",
                      session.select(kTerms), 1, 8);
    findings.add_rows("T1", "line and its order line: dispatched, returned, owed",
                      session.select(kOrderLines), 1, 7);
    findings.add_rows("T1", "in transit minus the parts that are", session.select(kParts), 1, 2);
    findings.add_rows("T1", "@transit minus the parts in transit (quantity, value)",
                      session.select(kLedger), 2, 2);
    findings.add_rows("T1", "moved into transit, less out of it, minus the parts (quantity, value)",
                      session.select(kMovements), 2, 2);
    findings.add_rows("T1", "serials in transit minus those of parts", session.select(kSerials), 1,
                      1);
    findings.add_rows("T1", "missing minus open differences", session.select(kDifferences), 1, 2);
    findings.add_rows("T1", "a transfer is over and something is in transit", session.select(kOver),
                      2, 2);
}

}  // namespace wharf::domain
