// Issued documents in their tables.
#pragma once

#include <optional>
#include <string>

#include "host/domain/transaction.hpp"
#include "wharf/model/documents.hpp"

namespace wharf::domain {

// `SKA1/2627/000123` as it stands in paths: no number holds `_`.
DocumentNumber path_id(const DocumentNumber& number);

// Whether a document is read with its lines, which may be ten thousand.
enum class Lines { loaded, left_out };

// By id or number. Nothing when there is none or the actor may not see it.
std::optional<IssuedDocument> find_document(Transaction& transaction, const DocumentNumber& id,
                                            Lines lines = Lines::loaded);
// Refuses not_found.
IssuedDocument load_document(Transaction& transaction, const DocumentNumber& id,
                             Lines lines = Lines::loaded);
// How many lines the document has.
std::size_t count_lines(Transaction& transaction, const DocumentNumber& number);
// The same, held against the version that the caller named.
IssuedDocument load_document_to_change(Transaction& transaction, const DocumentNumber& id);

bool sees_document(const Transaction& transaction, const IssuedDocument& document);

void insert_document(Transaction& transaction, const IssuedDocument& document);
// Raises the version and writes all but the lines.
void save_document(Transaction& transaction, IssuedDocument& document);
// Writes how much of a line notes have credited.
void save_credited(Transaction& transaction, const DocumentNumber& number,
                   const DocumentLine& line);

}  // namespace wharf::domain
