// The lines of credit and debit notes, which follow from the invoice that they correct (CGST Act
// s.34, Rule 53).
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "host/domain/faults.hpp"
#include "host/domain/transaction.hpp"
#include "wharf/operations/documents.hpp"

namespace wharf::domain {

using TaxByComponent = std::map<std::pair<TaxKind, Percent>, Money>;

// What standing credit notes took back of a line.
struct Credited {
    Count quantity;
    Money taxable;
    TaxByComponent tax;
};

// By the line of the invoice that they correct.
std::map<std::int32_t, Credited> credited_by_notes(Transaction& transaction,
                                                   const DocumentNumber& original);

// A line's tax is round(line tax x credited so far / invoiced) - credited before, each component by
// itself: whatever the steps, a line credited in full has given back exactly its tax. `original` is
// marked with what is credited now.
std::vector<DocumentLine> credit_lines(Transaction& transaction, IssuedDocument& original,
                                       const std::vector<documents::NewLine>& requests,
                                       Faults& faults);

// What a void credit note had credited is owed again.
void take_credit_back(Transaction& transaction, const IssuedDocument& note);

}  // namespace wharf::domain
