// Number series of documents (CGST Rule 46(b): consecutive, unique in a fiscal year, at most 16
// letters, digits, `/` and `-`). A series belongs to one issuer, kind and, for invoices, purpose.
#pragma once

#include <string>

#include "host/domain/transaction.hpp"
#include "wharf/operations/documents.hpp"

namespace wharf::domain {

// What a number is taken for.
struct NumberRequest {
    const Party& issuer;
    DocumentKind kind;
    DocumentPurpose purpose;
    Date issued_on;
};

// The next number of the series in the fiscal year of `issued_on`. Refuses (invalid `out_of_order`
// at /issued_on) a day before that of the last number, (conflict) a series that is full or taken.
DocumentNumber next_document_number(Transaction& transaction, const NumberRequest& request);

// `2627` for 1 April 2026 to 31 March 2027; `2026` where the year begins with January.
std::string fiscal_year_of(const Transaction& transaction, Date day);

DocumentSeries put_document_series(Transaction& transaction, const documents::PutSeries& request);
Page<DocumentSeries> list_document_series(Transaction& transaction,
                                          const documents::ListSeries& request);

}  // namespace wharf::domain
