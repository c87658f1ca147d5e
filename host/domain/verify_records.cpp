// Events are numbered up to their counter, in the order of time.
#include "host/domain/events.hpp"
#include "host/domain/verify.hpp"

namespace wharf::domain {
namespace {

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
    verify_events(transaction, findings);
}

}  // namespace wharf::domain
