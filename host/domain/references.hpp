// A client's own name of a document: sent twice with the same content it gives the first document
// back; with other content it is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "host/domain/content_hash.hpp"
#include "host/domain/transaction.hpp"
#include "wharf/describe.hpp"

namespace wharf::domain {

// The document that already has this reference in the scope (`receipt`, `order/consumer/web`), or
// nothing. Refuses (conflict, reference_taken) when its content was another.
std::optional<DocumentNumber> find_by_reference(Transaction& transaction, std::string_view scope,
                                                const Reference& reference,
                                                const ContentHash& hash);

void keep_reference(Transaction& transaction, std::string_view scope, const Reference& reference,
                    const DocumentNumber& number, const ContentHash& hash);

}  // namespace wharf::domain
