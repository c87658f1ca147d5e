// S4: what is reserved is what open lines hold. O1: the terms of each order line. M1: amounts. And
// the tables that repeat them: demand, shipped parts, returns.
#include "host/domain/money_rules.hpp"
#include "host/domain/verify.hpp"
#include "wharf/values/money.hpp"

namespace wharf::domain {
namespace {

constexpr std::string_view kPoolsReserved =
    "SELECT location, sku, lot, CAST(SUM(quantity) AS BIGINT) FROM ("
    "SELECT location, sku, lot, reserved AS quantity FROM stock UNION ALL "
    "SELECT location, sku, lot, -quantity AS quantity FROM reservation) AS parts "
    "GROUP BY location, sku, lot HAVING SUM(quantity) <> 0";

constexpr std::string_view kLinesReserved =
    "SELECT order_number, line, CAST(SUM(quantity) AS BIGINT) FROM ("
    "SELECT order_number, line, reserved AS quantity FROM sales_order_line WHERE reserved <> 0 "
    "UNION ALL SELECT order_number, line, -quantity AS quantity FROM reservation) AS parts "
    "GROUP BY order_number, line HAVING SUM(quantity) <> 0";

// A serial that is kept for a line stands where the line's reservation is.
constexpr std::string_view kHeldSerials =
    "SELECT h.serial, h.order_number, h.line FROM serial_hold h "
    "LEFT JOIN serial s ON s.serial = h.serial LEFT JOIN sales_order_line l "
    "ON l.order_number = h.order_number AND l.line = h.line WHERE s.serial IS NULL "
    "OR l.line IS NULL OR s.sku <> l.sku OR s.location <> l.location OR s.condition <> 'sellable'";

constexpr std::string_view kHeldBeyond =
    "SELECT order_number, lot, line, CAST(SUM(quantity) AS BIGINT) FROM ("
    "SELECT h.order_number, s.lot, h.line, 1 AS quantity FROM serial_hold h "
    "JOIN serial s ON s.serial = h.serial UNION ALL "
    "SELECT order_number, lot, line, -quantity AS quantity FROM reservation) AS parts "
    "GROUP BY order_number, lot, line HAVING SUM(quantity) > 0";

constexpr std::string_view kClosedHold =
    "SELECT l.order_number, o.status, l.line, l.reserved FROM sales_order_line l "
    "JOIN sales_order o ON o.number = l.order_number WHERE l.reserved <> 0 "
    "AND o.status <> 'open' AND o.status <> 'held'";

constexpr std::string_view kTerms =
    "SELECT order_number, line, quantity, cancelled, shipped, reserved, waiting, returned "
    "FROM sales_order_line WHERE quantity <> cancelled + shipped + reserved + waiting "
    "OR cancelled < 0 OR shipped < 0 OR reserved < 0 OR waiting < 0 OR returned < 0 "
    "OR returned > shipped";

constexpr std::string_view kDemand =
    "SELECT order_number, line, CAST(SUM(quantity) AS BIGINT) FROM ("
    "SELECT l.order_number, l.line, l.waiting AS quantity FROM sales_order_line l "
    "JOIN sales_order o ON o.number = l.order_number WHERE o.status = 'open' AND l.waiting > 0 "
    "UNION ALL SELECT order_number, line, -waiting AS quantity FROM waiting_line) AS parts "
    "GROUP BY order_number, line HAVING SUM(quantity) <> 0";

constexpr std::string_view kShipped =
    "SELECT order_number, line, CAST(SUM(shipped) AS BIGINT), CAST(SUM(returned) AS BIGINT) FROM ("
    "SELECT order_number, line, shipped, returned FROM sales_order_line WHERE shipped <> 0 "
    "UNION ALL SELECT order_number, line, -quantity AS shipped, -returned AS returned "
    "FROM shipped_part) AS parts "
    "GROUP BY order_number, line HAVING SUM(shipped) <> 0 OR SUM(returned) <> 0";

constexpr std::string_view kFinished =
    "SELECT o.number, o.status FROM sales_order o "
    "WHERE (o.status = 'completed' OR o.status = 'cancelled') AND EXISTS (SELECT 1 "
    "FROM sales_order_line l WHERE l.order_number = o.number AND l.waiting + l.reserved > 0)";

constexpr std::string_view kAmounts =
    "SELECT o.number, o.amount, CAST(COALESCE(SUM(l.amount), 0) AS BIGINT) FROM sales_order o "
    "LEFT JOIN sales_order_line l ON l.order_number = o.number "
    "GROUP BY o.number, o.amount HAVING COALESCE(SUM(l.amount), 0) <> o.amount";

constexpr std::string_view kReturns =
    "SELECT return_number, line, quantity, received FROM customer_return_line "
    "WHERE received < 0 OR received > quantity";

// The product of a price and a quantity passes 64 bits, so lines are worked out here.
void verify_line_amounts(Transaction& transaction, Findings& findings) {
    const auto digits = minor_digits(transaction.account().currency.view());
    auto rows = transaction.session().select(
        "SELECT order_number, line, quantity, unit_price, discount, amount FROM sales_order_line");
    while (rows.next()) {
        const auto amount =
            line_amount(rows.get<Quantity>(2), rows.get<Money>(3), rows.get<Money>(4), digits);
        if (amount == rows.get<Money>(5)) continue;
        findings.add("M1", "the amount of line " + std::to_string(rows.integer(1)) + " of " +
                               std::string(rows.text(0)) + " is not " + amount.text());
    }
}

}  // namespace

void verify_sales(Transaction& transaction, Findings& findings) {
    auto& session = transaction.session();
    findings.add_rows("S4", "pool minus its reservations", session.select(kPoolsReserved), 3, 1);
    findings.add_rows("S4", "line minus its reservations", session.select(kLinesReserved), 1, 2);
    findings.add_rows("S4", "held by an order that holds nothing", session.select(kClosedHold), 2,
                      2);
    findings.add_rows("S4", "a serial that is kept where nothing is reserved",
                      session.select(kHeldSerials), 2, 1);
    findings.add_rows("S4", "more serials kept than reserved of the lot, by line",
                      session.select(kHeldBeyond), 2, 2);
    findings.add_rows(
        "O1", "line, quantity, cancelled, shipped, reserved, waiting, returned do not agree",
        session.select(kTerms), 1, 7);
    findings.add_rows("O1", "demand of open orders, line, difference", session.select(kDemand), 1,
                      2);
    findings.add_rows("O1", "shipped and returned minus the parts that left",
                      session.select(kShipped), 1, 3);
    findings.add_rows("O1", "an order is over and still has something", session.select(kFinished),
                      2, 0);
    findings.add_rows("O1", "received of a return beyond what was announced",
                      session.select(kReturns), 1, 3);
    findings.add_rows("M1", "amount and sum of its lines", session.select(kAmounts), 1, 2);
    verify_line_amounts(transaction, findings);
}

}  // namespace wharf::domain
