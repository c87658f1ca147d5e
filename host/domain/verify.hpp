// Checking every invariant of an account against its tables. Each file of checks adds its own to
// the list in verify.cpp.
#pragma once

#include <string_view>
#include <vector>

#include "host/domain/transaction.hpp"
#include "wharf/operations/inventory.hpp"

namespace wharf::domain {

// Where checks put what they find; the first ones are kept, all are counted.
class Findings {
public:
    explicit Findings(inventory::Verification& verification) : verification_(verification) {}
    void add(std::string_view invariant, std::string detail);
    // One finding for each row of a query: its columns, all text or integers, with what they mean.
    // `texts` says which of the columns are text, from the left; the rest are integers.
    void add_rows(std::string_view invariant, std::string_view what, storage::Cursor rows,
                  int texts, int integers);
    [[nodiscard]] inventory::Verification& verification() { return verification_; }

private:
    inventory::Verification& verification_;
};

using Check = void (*)(Transaction& transaction, Findings& findings);

void verify_ledger(Transaction& transaction, Findings& findings);      // S1, S2, S3
void verify_sales(Transaction& transaction, Findings& findings);       // S4, O1, M1
void verify_records(Transaction& transaction, Findings& findings);     // events
void verify_purchasing(Transaction& transaction, Findings& findings);  // P1, P2
void verify_legs(Transaction& transaction, Findings& findings);        // P3
void verify_tax(Transaction& transaction, Findings& findings);         // M1
void verify_transfers(Transaction& transaction, Findings& findings);   // T1

}  // namespace wharf::domain
