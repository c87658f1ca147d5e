#include "host/domain/references.hpp"

#include <sodium.h>

#include <array>

namespace wharf::domain {

std::string content_hash(std::string_view json) {
    std::array<unsigned char, 16> hash{};
    crypto_generichash(hash.data(), hash.size(),
                       reinterpret_cast<const unsigned char*>(json.data()), json.size(), nullptr,
                       0);
    std::string text(2 * hash.size() + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    text.resize(2 * hash.size());
    return text;
}

std::optional<DocumentNumber> find_by_reference(Transaction& transaction, std::string_view scope,
                                                const Reference& reference, std::string_view hash) {
    auto rows = transaction.session().select(
        "SELECT number, content_hash FROM document_reference "
        "WHERE reference = :reference AND scope = :scope",
        {{"reference", reference}, {"scope", scope}});
    if (!rows.next()) return std::nullopt;
    if (rows.text(1) != hash) {
        throw Refusal::conflict("reference_taken",
                                "the reference \"" + reference.text() + "\" belongs to " +
                                    std::string(rows.text(0)) +
                                    ", which was sent with other content",
                                "use another reference, or amend that document");
    }
    return rows.get<DocumentNumber>(0);
}

void keep_reference(Transaction& transaction, std::string_view scope, const Reference& reference,
                    const DocumentNumber& number, std::string_view hash) {
    transaction.session().execute(
        "INSERT INTO document_reference (reference, scope, number, content_hash) "
        "VALUES (:reference, :scope, :number, :content_hash)",
        {{"reference", reference}, {"scope", scope}, {"number", number}, {"content_hash", hash}});
}

}  // namespace wharf::domain
