// The invariants of purchasing: P1 (what an order line owes), P2 (pegs fit supply and demand), and
// M1 for purchase orders.
#include <string>

#include "host/domain/purchase_order_balance.hpp"
#include "host/domain/purchase_price.hpp"
#include "host/domain/verify.hpp"

namespace wharf::domain {
namespace {

void check_order_lines(storage::Session& session, Findings& findings) {
    findings.add_rows(
        "P1", "order line: quantity, excess, received, returned, cancelled, outstanding",
        session.select(
            "SELECT purchase_order, line, quantity, excess, received, returned_for_replacement, "
            "cancelled, outstanding FROM purchase_order_line WHERE quantity + excess <> received - "
            "returned_for_replacement + cancelled + outstanding OR outstanding < 0 OR excess < 0 "
            "OR received < 0 OR rejected < 0 OR cancelled < 0 OR dispatched < 0 "
            "OR (outstanding > 0 AND excess > 0) ORDER BY purchase_order, line"),
        1, 7);
    findings.add_rows(
        "P1", "something outstanding on an order that is over",
        session.select(
            "SELECT l.purchase_order, o.status, l.line, l.outstanding FROM purchase_order_line l "
            "JOIN purchase_order o ON o.number = l.purchase_order WHERE l.outstanding > 0 "
            "AND o.status IN ('completed', 'cancelled', 'rejected') "
            "ORDER BY l.purchase_order, l.line"),
        2, 2);
}

// What receipts say came is what the order says came.
void check_received(storage::Session& session, Findings& findings) {
    findings.add_rows(
        "P1", "order line: received and rejected, and the same by its receipts",
        session.select(
            "SELECT l.purchase_order, l.line, l.received, l.rejected, COALESCE(r.received, 0), "
            "COALESCE(r.rejected, 0) FROM purchase_order_line l LEFT JOIN ("
            "SELECT h.purchase_order AS number, g.purchase_order_line AS line, "
            "CAST(SUM(g.quantity - g.rejected) AS BIGINT) AS received, "
            "CAST(SUM(g.rejected) AS BIGINT) AS rejected FROM receipt_line g "
            "JOIN receipt h ON h.number = g.receipt WHERE h.status = 'posted' "
            "AND h.purchase_order IS NOT NULL GROUP BY h.purchase_order, g.purchase_order_line) r "
            "ON r.number = l.purchase_order AND r.line = l.line "
            "WHERE l.received <> COALESCE(r.received, 0) OR l.rejected <> COALESCE(r.rejected, 0) "
            "ORDER BY l.purchase_order, l.line"),
        1, 5);
}

void check_receipts(storage::Session& session, Findings& findings) {
    findings.add_rows(
        "P1", "receipt line: quantity, rejected, excess, inspected, waiting",
        session.select(
            "SELECT g.receipt, g.line, g.quantity, g.rejected, g.excess, g.inspected, g.waiting "
            "FROM receipt_line g JOIN receipt h ON h.number = g.receipt "
            "LEFT JOIN receipt_onward o ON o.receipt = g.receipt AND o.line = g.line "
            "WHERE g.waiting < 0 OR COALESCE(o.waiting, 0) < 0 "
            "OR g.waiting <> CASE WHEN h.status = 'posted' AND g.condition = 'quality_check' "
            "THEN g.quantity - g.rejected - g.excess - g.inspected ELSE 0 END "
            "+ COALESCE(o.waiting, 0) + COALESCE(g.docked, 0) OR g.docked < 0 "
            "OR g.quantity < g.rejected + g.excess + g.inspected ORDER BY g.receipt, g.line"),
        1, 6);
    findings.add_rows(
        "S3", "receipt line of serials: quantity and serials kept",
        session.select(
            "SELECT g.receipt, g.line, g.quantity, (SELECT count(*) FROM receipt_serial s "
            "WHERE s.receipt = g.receipt AND s.line = g.line) AS kept FROM receipt_line g "
            "JOIN receipt h ON h.number = g.receipt JOIN product p ON p.sku = g.sku "
            "WHERE h.status IN ('posted', 'reversed') AND h.posted_at IS NOT NULL "
            "AND p.tracking = 'serial' AND g.quantity <> (SELECT count(*) FROM receipt_serial s "
            "WHERE s.receipt = g.receipt AND s.line = g.line) ORDER BY g.receipt, g.line"),
        1, 3);
}

void check_pegs_on_supply(storage::Session& session, Findings& findings) {
    findings.add_rows(
        "P2", "pegs past what the supply line owes: pegged, owed",
        session.select(
            "SELECT s.kind, s.number, s.line, s.pegged, s.owed FROM (SELECT p.supply_kind AS kind, "
            "p.supply_number AS number, p.supply_line AS line, "
            "CAST(SUM(p.quantity) AS BIGINT) AS pegged, CASE p.supply_kind "
            "WHEN 'purchase_order' THEN COALESCE((SELECT l.outstanding FROM purchase_order_line l "
            "WHERE l.purchase_order = p.supply_number AND l.line = p.supply_line), 0) "
            "WHEN 'receipt' THEN COALESCE((SELECT g.waiting FROM receipt_line g "
            "WHERE g.receipt = p.supply_number AND g.line = p.supply_line), 0) "
            "WHEN 'transfer' THEN COALESCE((SELECT t.owed FROM transfer_line t "
            "WHERE t.transfer = p.supply_number AND t.line = p.supply_line), 0) ELSE 0 END AS owed "
            "FROM peg p GROUP BY p.supply_kind, p.supply_number, p.supply_line) s "
            "WHERE s.pegged > s.owed ORDER BY s.kind, s.number, s.line"),
        2, 3);
}

// What waits for putaway is kept for its pegs, and for nothing else.
void check_dock(storage::Session& session, Findings& findings) {
    findings.add_rows(
        "P2", "on the dock for pegs that are not there: docked, pegged",
        session.select("SELECT d.receipt, d.line, d.docked, d.pegged FROM (SELECT g.receipt, "
                       "g.line, g.docked, COALESCE((SELECT CAST(SUM(p.quantity) AS BIGINT) "
                       "FROM peg p WHERE p.supply_kind = 'receipt' AND p.supply_number = g.receipt "
                       "AND p.supply_line = g.line), 0) AS pegged FROM receipt_line g "
                       "WHERE g.docked > 0) d WHERE d.docked > d.pegged "
                       "ORDER BY d.receipt, d.line"),
        1, 3);
}

void check_pegs_on_demand(storage::Session& session, Findings& findings) {
    findings.add_rows(
        "P2", "pegs past what the order line waits for: pegged, waiting",
        session.select(
            "SELECT d.number, d.line, d.pegged, COALESCE(l.waiting, 0) FROM ("
            "SELECT sales_order AS number, order_line AS line, "
            "CAST(SUM(quantity) AS BIGINT) AS pegged FROM peg GROUP BY sales_order, order_line) d "
            "LEFT JOIN sales_order_line l ON l.order_number = d.number AND l.line = d.line "
            "WHERE d.pegged > COALESCE(l.waiting, 0) ORDER BY d.number, d.line"),
        1, 3);
    findings.add_rows(
        "P2", "a peg of another product or location than its order line, or of nothing",
        session.select("SELECT p.sales_order, p.supply_number, p.id, p.quantity FROM peg p "
                       "LEFT JOIN sales_order_line l ON l.order_number = p.sales_order "
                       "AND l.line = p.order_line WHERE p.quantity < 1 OR l.line IS NULL "
                       "OR l.sku <> p.sku OR l.location <> p.location ORDER BY p.id"),
        2, 2);
}

void check_amounts(storage::Session& session, Findings& findings) {
    findings.add_rows(
        "M1", "purchase order: amount, and the sum of its lines",
        session.select("SELECT o.number, o.amount, COALESCE((SELECT CAST(SUM(l.amount) AS BIGINT) "
                       "FROM purchase_order_line l WHERE l.purchase_order = o.number), 0) AS lines "
                       "FROM purchase_order o WHERE o.amount <> COALESCE((SELECT "
                       "CAST(SUM(l.amount) AS BIGINT) FROM purchase_order_line l "
                       "WHERE l.purchase_order = o.number), 0) ORDER BY o.number"),
        1, 2);
    auto row = session.select(
        "SELECT l.purchase_order, l.line, l.quantity - l.cancelled, l.unit_price, l.amount, "
        "o.currency FROM purchase_order_line l JOIN purchase_order o "
        "ON o.number = l.purchase_order ORDER BY l.purchase_order, l.line");
    while (row.next()) {
        const auto amount = line_amount(row.get<Quantity>(2), row.get<Money>(3), Money(),
                                        minor_digits(row.text(5)));
        if (amount == row.get<Money>(4)) continue;
        findings.add("M1", "purchase order \"" + std::string(row.text(0)) + "\" line " +
                               std::to_string(row.integer(1)) + ": amount " +
                               row.get<Money>(4).text() + ", not " + amount.text());
    }
}

}  // namespace

void verify_purchasing(Transaction& transaction, Findings& findings) {
    auto& session = transaction.session();
    check_order_lines(session, findings);
    check_received(session, findings);
    check_receipts(session, findings);
    check_pegs_on_supply(session, findings);
    check_dock(session, findings);
    check_pegs_on_demand(session, findings);
    check_amounts(session, findings);
}

}  // namespace wharf::domain
