// The journal: one row per committed piece of work, from which an account's life can be told and
// replayed. It is the audit as well: each row's hash covers the row before it (invariant A1).
#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include <wharf/shape.hpp>
#include <wharf/values/time.hpp>

#include "host/operations/unit_of_work.hpp"

namespace wharf::operations {

enum class JournalKind { request, reaction, schedule, job, message };
BOOST_DESCRIBE_ENUM(JournalKind, request, reaction, schedule, job, message)

struct JournalEntry {
    JournalKind kind = JournalKind::request;
    std::string operation;  // or the event, schedule or job that was worked on
    std::optional<std::string> plugin;
    std::optional<std::string> plugin_version;
    std::string actor;
    bool as_plugin = false;  // the plugin dropped the caller's row bindings
    std::string note;        // a reason that was given, the number of the event, ...
    std::string input;       // JSON, without secrets
};

void append_journal(UnitOfWork& unit, const JournalEntry& entry);

// The value as JSON with every secret of the shape replaced by null.
std::string without_secrets(const boost::json::value& value, const Shape& shape);

// A JSON text that is the same for equal values, whatever the order of their keys.
std::string canonical_json(const boost::json::value& value);
// 64 hex digits.
std::string sha256(std::string_view text);

struct BrokenEntry {
    std::int64_t seq = 0;
    std::string detail;
};
// Walks the whole chain; empty when every hash is right.
std::vector<BrokenEntry> check_journal(storage::Session& session);

// A row as it is kept. `principal` is who asked for a request: what its key stood for at that time;
// its name in the journal is the hash of its text, so the chain covers it as well.
struct JournalRow {
    std::int64_t seq = 0;
    JournalEntry entry;
    Instant at;
    std::string request_id;
    std::optional<std::string> principal;
    std::string hash;
};
// Up to `limit` rows after `seq`.
std::vector<JournalRow> journal_after(storage::Session& session, std::int64_t seq,
                                      std::size_t limit);
std::shared_ptr<const accounts::Principal> principal_of(storage::Session& session,
                                                        const JournalRow& row);
// By its name in the journal.
std::shared_ptr<const accounts::Principal> kept_principal(storage::Session& session,
                                                          const std::string& name);

}  // namespace wharf::operations
