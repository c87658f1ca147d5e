// What is thrown away when it is old: events below every cursor, keys of requests, runs of
// schedules, ended jobs. Documents, movements and the journal are kept for ever.
#pragma once

#include <cstdint>

#include "host/operations/unit_of_work.hpp"

namespace wharf::operations {

// The last event that may be forgotten: older than the account keeps them, seen by every plugin
// that is on, and not parked.
std::int64_t last_prunable_event(UnitOfWork& unit);

// Forgets events up to this one, and everything else that has reached its age.
void prune(UnitOfWork& unit, std::int64_t events_to);

// Of an account or of the directory: answers that are kept for a week for clients that ask again,
// and jobs that ended a while ago.
void prune_requests_and_jobs(storage::Session& session, Instant now);

}  // namespace wharf::operations
