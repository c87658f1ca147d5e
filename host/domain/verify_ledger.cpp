// S1: balances are the sums of their movements, per position, and the pools those of their
// balances. S2: nothing below zero, nothing reserved that does not stand there. S3: serials are
// counted.
#include "host/domain/verify.hpp"

namespace wharf::domain {
namespace {

constexpr std::string_view kBalances =
    "SELECT location, sku, lot, condition, bin, CAST(SUM(quantity) AS BIGINT), "
    "CAST(SUM(value) AS BIGINT) FROM ("
    "SELECT to_location AS location, sku, lot, to_condition AS condition, to_bin AS bin, quantity, "
    "value FROM movement UNION ALL "
    "SELECT from_location AS location, sku, lot, from_condition AS condition, from_bin AS bin, "
    "-quantity AS quantity, -value AS value FROM movement UNION ALL "
    "SELECT location, sku, lot, condition, bin, -quantity AS quantity, -value AS value "
    "FROM balance) AS parts GROUP BY location, sku, lot, condition, bin "
    "HAVING SUM(quantity) <> 0 OR SUM(value) <> 0";

constexpr std::string_view kSkuSums =
    "SELECT sku, CAST(SUM(quantity) AS BIGINT), CAST(SUM(value) AS BIGINT) FROM balance "
    "GROUP BY sku HAVING SUM(quantity) <> 0 OR SUM(value) <> 0";

// Pools against the balances of real places; outside places begin with @, the character before A.
constexpr std::string_view kPools =
    "SELECT location, sku, lot, CAST(SUM(on_hand) AS BIGINT), CAST(SUM(value) AS BIGINT), "
    "CAST(SUM(sellable) AS BIGINT), CAST(SUM(docked) AS BIGINT) FROM ("
    "SELECT location, sku, lot, on_hand, value, sellable, docked FROM stock UNION ALL "
    "SELECT b.location, b.sku, b.lot, -b.quantity AS on_hand, -b.value AS value, "
    "CASE WHEN b.condition = 'sellable' THEN -b.quantity ELSE 0 END AS sellable, "
    "CASE WHEN b.condition = 'sellable' AND b.bin = l.default_bin THEN -b.quantity ELSE 0 END "
    "AS docked FROM balance b JOIN location l ON l.code = b.location) AS parts "
    "GROUP BY location, sku, lot HAVING SUM(on_hand) <> 0 OR SUM(value) <> 0 "
    "OR SUM(sellable) <> 0 OR SUM(docked) <> 0";

constexpr std::string_view kNegative =
    "SELECT b.location, b.sku, b.lot, b.condition, b.bin, b.quantity FROM balance b "
    "JOIN location l ON l.code = b.location WHERE b.quantity < 0";

constexpr std::string_view kOverReserved =
    "SELECT location, sku, lot, reserved, sellable FROM stock "
    "WHERE reserved < 0 OR reserved > sellable";

constexpr std::string_view kSerials =
    "SELECT sku, location, lot, condition, bin, CAST(SUM(quantity) AS BIGINT) FROM ("
    "SELECT sku, location, lot, condition, bin, 1 AS quantity FROM serial UNION ALL "
    "SELECT b.sku, b.location, b.lot, b.condition, b.bin, -b.quantity AS quantity FROM balance b "
    "JOIN product p ON p.sku = b.sku WHERE p.tracking = 'serial') AS parts "
    "WHERE location IN (SELECT code FROM location) "
    "GROUP BY sku, location, lot, condition, bin HAVING SUM(quantity) <> 0";

}  // namespace

void verify_ledger(Transaction& transaction, Findings& findings) {
    auto& session = transaction.session();
    findings.add_rows("S1", "movements minus balance (quantity, value)", session.select(kBalances),
                      5, 2);
    findings.add_rows("S1", "all places of a sku do not sum up to 0", session.select(kSkuSums), 1,
                      2);
    findings.add_rows("S1", "pool minus balances (on hand, value, sellable, docked)",
                      session.select(kPools), 3, 4);
    findings.add_rows("S2", "less than nothing on hand", session.select(kNegative), 5, 1);
    findings.add_rows("S2", "reserved, of what is sellable", session.select(kOverReserved), 3, 2);
    findings.add_rows("S3", "serials minus on hand", session.select(kSerials), 5, 1);
}

}  // namespace wharf::domain
