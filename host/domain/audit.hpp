// The audit chain: one entry for each write of the account, each of which covers the one before, so
// that none can be changed or left out unseen.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "host/domain/transaction.hpp"

namespace wharf::domain {

struct AuditEntry {
    std::int64_t sequence = 0;
    Instant at;
    std::string actor;
    std::string operation;
    std::string request_id;
    std::string summary;  // JSON of the request, without secrets
    std::string outcome;  // `done`, or the code of the refusal
    std::string hash;     // SHA-256 over the hash before and all the fields above, in hex
};
BOOST_DESCRIBE_STRUCT(AuditEntry, (),
                      (sequence, at, actor, operation, request_id, summary, outcome, hash))

// The hash of an entry behind one with the hash `before` (empty for the first).
std::string audit_hash(std::string_view before, const AuditEntry& entry);

AuditEntry append_audit(Transaction& transaction, std::string_view operation,
                        std::string_view summary, std::string_view outcome);

// Up to `limit` entries after the sequence number, oldest first.
std::vector<AuditEntry> audit_after(storage::Session& session, std::int64_t sequence,
                                    std::size_t limit);

}  // namespace wharf::domain
