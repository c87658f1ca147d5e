#include "host/domain/audit.hpp"

#include <sodium.h>

#include <array>

#include "host/domain/rows.hpp"

namespace wharf::domain {

template <>
struct Stored<AuditEntry> : StoredIn<"audit_entry", "sequence"> {};

namespace {

// Each field with its length before it, so that no two different entries give the same bytes.
void add_field(crypto_hash_sha256_state& state, std::string_view field) {
    const auto length = std::to_string(field.size()) + ":";
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(length.data()),
                              length.size());
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(field.data()),
                              field.size());
}

}  // namespace

std::string audit_hash(std::string_view before, const AuditEntry& entry) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    add_field(state, before);
    add_field(state, std::to_string(entry.sequence));
    add_field(state, std::to_string(entry.at.raw()));
    add_field(state, entry.actor);
    add_field(state, entry.operation);
    add_field(state, entry.request_id);
    add_field(state, entry.summary);
    add_field(state, entry.outcome);
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256_final(&state, hash.data());
    std::string text(2 * hash.size() + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    text.resize(2 * hash.size());
    return text;
}

AuditEntry append_audit(Transaction& transaction, std::string_view operation,
                        std::string_view summary, std::string_view outcome) {
    auto& session = transaction.session();
    AuditEntry entry;
    std::string before;
    {
        auto rows = session.select(
            "SELECT sequence, hash FROM audit_entry ORDER BY sequence DESC LIMIT 1");
        if (rows.next()) {
            entry.sequence = rows.integer(0);
            before = rows.text(1);
        }
    }
    ++entry.sequence;
    entry.at = transaction.now();
    entry.actor = transaction.actor().name;
    entry.operation = operation;
    entry.request_id = transaction.request_id();
    entry.summary = summary;
    entry.outcome = outcome;
    entry.hash = audit_hash(before, entry);
    insert_row(session, entry);
    return entry;
}

std::vector<AuditEntry> audit_after(storage::Session& session, std::int64_t sequence,
                                    std::size_t limit) {
    static const std::string sql =
        select_from<AuditEntry>() + " WHERE sequence > :sequence ORDER BY sequence LIMIT :limit";
    auto rows = session.select(sql, {{"sequence", sequence}, {"limit", limit}});
    std::vector<AuditEntry> entries;
    while (rows.next()) entries.push_back(read_row<AuditEntry>(rows));
    return entries;
}

}  // namespace wharf::domain
