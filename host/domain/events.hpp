// Reading the account's facts, oldest first.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/storage/session.hpp"
#include "wharf/events.hpp"

namespace wharf::domain {

// Up to `limit` events after the sequence number.
std::vector<EventRecord> events_after(storage::Session& session, std::int64_t sequence,
                                      std::size_t limit);

// What it takes to know whether an event concerns anybody.
struct EventHead {
    std::int64_t sequence = 0;
    std::string name;
};
std::vector<EventHead> event_heads_after(storage::Session& session, std::int64_t sequence,
                                         std::size_t limit);

// The number of the last event that was ever recorded, 0 before the first.
std::int64_t last_event(storage::Session& session);

// The last of the events that are all older than the instant, 0 when the first is not.
std::int64_t last_event_before(storage::Session& session, Instant instant);

// Forgets the events up to this one. Their numbers are not given out again.
void prune_events(storage::Session& session, std::int64_t sequence);

}  // namespace wharf::domain
