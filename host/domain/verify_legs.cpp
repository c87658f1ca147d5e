// The invariant of purchase orders over several places, P3: a parent's legs add up to it, for each
// of its lines; the parent itself is no supply; each leg is as its parent says.
#include "host/domain/verify.hpp"

namespace wharf::domain {
namespace {

void check_totals(storage::Session& session, Findings& findings) {
    findings.add_rows(
        "P3", "line of a parent: ordered, and the sum of its legs",
        session.select(
            "SELECT s.number, s.line, s.quantity, COALESCE(t.quantity, 0) FROM split_order_line s "
            "LEFT JOIN (SELECT g.parent AS parent, k.parent_line AS line, "
            "CAST(SUM(l.quantity) AS BIGINT) AS quantity FROM split_leg g "
            "JOIN split_leg_line k ON k.number = g.number JOIN purchase_order_line l "
            "ON l.purchase_order = k.number AND l.line = k.line GROUP BY g.parent, k.parent_line) "
            "t "
            "ON t.parent = s.number AND t.line = s.line "
            "WHERE s.quantity <> COALESCE(t.quantity, 0) OR s.quantity < 1 "
            "ORDER BY s.number, s.line"),
        1, 3);
    findings.add_rows(
        "P3", "line of a leg that is no part of its parent, or of another product",
        session.select(
            "SELECT g.parent, g.number, l.line, l.quantity FROM split_leg g "
            "JOIN purchase_order_line l ON l.purchase_order = g.number "
            "LEFT JOIN split_leg_line k ON k.number = l.purchase_order AND k.line = l.line "
            "LEFT JOIN split_order_line s ON s.number = g.parent AND s.line = k.parent_line "
            "WHERE s.line IS NULL OR s.sku <> l.sku ORDER BY g.parent, g.number, l.line"),
        2, 2);
}

void check_parents(storage::Session& session, Findings& findings) {
    findings.add_rows("P3", "a parent with lines of its own, that would be supply twice",
                      session.select("SELECT s.number, l.line, l.outstanding FROM split_order s "
                                     "JOIN purchase_order_line l ON l.purchase_order = s.number "
                                     "ORDER BY s.number, l.line"),
                      1, 2);
    findings.add_rows(
        "P3", "a leg without its parent, or of another vendor or currency",
        session.select(
            "SELECT g.number, g.parent, g.leg FROM split_leg g "
            "LEFT JOIN purchase_order o ON o.number = g.number "
            "LEFT JOIN purchase_order p ON p.number = g.parent "
            "LEFT JOIN split_order s ON s.number = g.parent WHERE o.number IS NULL "
            "OR p.number IS NULL OR s.number IS NULL OR o.parent IS NULL OR o.parent <> g.parent "
            "OR o.vendor <> p.vendor OR o.currency <> p.currency ORDER BY g.number"),
        2, 1);
    findings.add_rows(
        "P3", "a parent that is over while a leg of it is not, or the other way",
        session.select(
            "SELECT p.number, p.status, t.live FROM purchase_order p JOIN (SELECT g.parent AS "
            "parent, "
            "CAST(SUM(CASE WHEN o.status IN ('draft', 'waiting_for_approval', 'approved') "
            "THEN 1 ELSE 0 END) AS BIGINT) AS live FROM split_leg g "
            "JOIN purchase_order o ON o.number = g.number GROUP BY g.parent) t "
            "ON t.parent = p.number WHERE (t.live > 0) <> (p.status IN ('draft', "
            "'waiting_for_approval', 'approved')) ORDER BY p.number"),
        2, 1);
}

// A line counts where its goods are for: its destination, or where they are received.
void check_places(storage::Session& session, Findings& findings) {
    findings.add_rows(
        "P3", "an order line that counts somewhere else than where its goods are for",
        session.select("SELECT l.purchase_order, l.location, l.line FROM purchase_order_line l "
                       "JOIN purchase_order o ON o.number = l.purchase_order "
                       "LEFT JOIN split_leg g ON g.number = o.number "
                       "WHERE l.location <> COALESCE(g.destination, o.ship_to) "
                       "ORDER BY l.purchase_order, l.line"),
        2, 1);
}

}  // namespace

void verify_legs(Transaction& transaction, Findings& findings) {
    auto& session = transaction.session();
    check_totals(session, findings);
    check_parents(session, findings);
    check_places(session, findings);
}

}  // namespace wharf::domain
