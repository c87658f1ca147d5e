#include "host/domain/references.hpp"

#include <sodium.h>

#include <array>

namespace wharf::domain {

std::string digest(std::string_view text) {
    std::array<unsigned char, 16> hash{};
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char*>(text.data()), text.size(), nullptr,
                       0);
    std::string hex(2 * hash.size() + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    hex.resize(2 * hash.size());
    return hex;
}

std::optional<DocumentNumber> find_by_reference(Transaction& transaction, std::string_view scope,
                                                const Reference& reference,
                                                const ContentHash& hash) {
    auto rows = transaction.session().select(
        "SELECT number, content_hash FROM document_reference "
        "WHERE reference = :reference AND scope = :scope",
        {{"reference", reference}, {"scope", scope}});
    if (!rows.next()) return std::nullopt;
    if (!hash.is(rows.text(1))) {
        throw Refusal::conflict("reference_taken",
                                "the reference \"" + reference.text() + "\" belongs to " +
                                    std::string(rows.text(0)) +
                                    ", which was sent with other content",
                                "use another reference, or amend that document");
    }
    return rows.get<DocumentNumber>(0);
}

void keep_reference(Transaction& transaction, std::string_view scope, const Reference& reference,
                    const DocumentNumber& number, const ContentHash& hash) {
    transaction.session().execute(
        "INSERT INTO document_reference (reference, scope, number, content_hash) "
        "VALUES (:reference, :scope, :number, :content_hash)",
        {{"reference", reference},
         {"scope", scope},
         {"number", number},
         {"content_hash", hash.said}});
}

}  // namespace wharf::domain
