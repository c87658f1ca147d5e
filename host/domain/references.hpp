// A client's own name of a document: sent twice with the same content it gives the first document
// back; with other content it is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "host/domain/transaction.hpp"
#include "wharf/describe.hpp"

namespace wharf::domain {

// A short digest of a request as it was understood: defaults filled in, fields in their order.
std::string content_hash(std::string_view json);

// The document that already has this reference in the scope (`receipt`, `order/consumer/web`), or
// nothing. Refuses (conflict, reference_taken) when its content was another.
std::optional<DocumentNumber> find_by_reference(Transaction& transaction, std::string_view scope,
                                                const Reference& reference, std::string_view hash);

void keep_reference(Transaction& transaction, std::string_view scope, const Reference& reference,
                    const DocumentNumber& number, std::string_view hash);

}  // namespace wharf::domain
