// A1: the audit chain. And: events are numbered up to their counter, in the order of time.
#include "host/domain/audit.hpp"
#include "host/domain/events.hpp"
#include "host/domain/verify.hpp"

namespace wharf::domain {
namespace {

constexpr std::size_t kEntriesAtOnce = 1000;

void verify_audit(Transaction& transaction, Findings& findings) {
    std::string before;
    std::int64_t sequence = 0;
    for (;;) {
        const auto entries = audit_after(transaction.session(), sequence, kEntriesAtOnce);
        for (const auto& entry : entries) {
            if (entry.sequence != sequence + 1) {
                findings.add("A1", "audit entries are missing before " +
                                       std::to_string(entry.sequence));
            }
            if (audit_hash(before, entry) != entry.hash) {
                findings.add("A1", "the hash of audit entry " + std::to_string(entry.sequence) +
                                       " does not cover the one before");
            }
            before = entry.hash;
            sequence = entry.sequence;
        }
        if (entries.size() < kEntriesAtOnce) return;
    }
}

// Old events are pruned from the front, so those that are left have no gap.
void verify_events(Transaction& transaction, Findings& findings) {
    auto& session = transaction.session();
    auto rows = session.select(
        "SELECT count(*), COALESCE(MIN(sequence), 0), COALESCE(MAX(sequence), 0) FROM event");
    if (!rows.next() || rows.integer(0) == 0) return;
    if (rows.integer(2) - rows.integer(1) + 1 != rows.integer(0)) {
        findings.add("events", "the numbers of events have gaps");
    }
    if (rows.integer(2) != last_event(session)) {
        findings.add("events", "the last event is not the one last counted");
    }
}

}  // namespace

void verify_records(Transaction& transaction, Findings& findings) {
    verify_audit(transaction, findings);
    verify_events(transaction, findings);
}

}  // namespace wharf::domain
