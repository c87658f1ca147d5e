#include "host/domain/verify.hpp"

#include "host/domain/inventory_operations.hpp"

namespace wharf::domain {
namespace {

constexpr std::size_t kViolationsKept = 1000;

constexpr Check kChecks[] = {verify_ledger, verify_sales,     verify_purchasing, verify_legs,
                             verify_tax,    verify_transfers, verify_records};

std::int64_t count_of(Transaction& transaction, std::string_view sql) {
    return transaction.session().value<std::int64_t>(sql).value_or(0);
}

}  // namespace

void Findings::add(std::string_view invariant, std::string detail) {
    verification_.ok = false;
    if (verification_.violations.size() >= kViolationsKept) return;
    verification_.violations.push_back({std::string(invariant), std::move(detail)});
}

void Findings::add_rows(std::string_view invariant, std::string_view what, storage::Cursor rows,
                        int texts, int integers) {
    while (rows.next()) {
        std::string detail(what);
        detail += ':';
        for (int i = 0; i < texts; ++i) detail += " \"" + std::string(rows.text(i)) + '"';
        for (int i = texts; i < texts + integers; ++i) {
            detail += ' ' + std::to_string(rows.integer(i));
        }
        add(invariant, std::move(detail));
    }
}

inventory::Verification verify(Transaction& transaction, const inventory::Verify&) {
    inventory::Verification verification;
    Findings findings(verification);
    for (auto check : kChecks) check(transaction, findings);
    verification.movements = count_of(transaction, "SELECT count(*) FROM movement");
    verification.documents = count_of(transaction, "SELECT count(*) FROM sales_order") +
                             count_of(transaction, "SELECT count(*) FROM customer_return") +
                             count_of(transaction, "SELECT count(*) FROM adjustment") +
                             count_of(transaction, "SELECT count(*) FROM purchase_order") +
                             count_of(transaction, "SELECT count(*) FROM receipt") +
                             count_of(transaction, "SELECT count(*) FROM issued_document");
    return verification;
}

}  // namespace wharf::domain
