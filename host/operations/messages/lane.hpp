// How far the messages to one partner got. A lane is moved by the messenger alone, in units of its
// own that are not in the journal: what it tells is no part of the account's life, as the progress
// of a job is none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>
#include <wharf/values/text.hpp>
#include <wharf/values/time.hpp>

#include "host/storage/session.hpp"

namespace wharf::operations {

struct Lane {
    std::int64_t delivered = 0;  // messages up to this number were taken in
    std::optional<Instant> delivered_at;
    // The life of the partner that took them in. In another one (it was restored) the partner may
    // lack some, and says how far it came.
    std::optional<std::string> their_incarnation;
    int attempts = 0;  // that failed since something was taken in
    std::optional<Instant> retry_at;
    std::string problem;  // of the last one that failed
    // This account was restored and the partner has not heard of it: it may have to send again.
    bool must_hear = false;
};

// One of which nothing is known yet is as new.
Lane lane_of(storage::Session& session, const AccountCode& partner);
void save_lane(storage::Session& session, const AccountCode& partner, const Lane& lane);

// Messages to the partner after the number.
std::int64_t count_waiting(storage::Session& session, const AccountCode& partner,
                           std::int64_t delivered);

// A further try failed: when the next one is.
void note_failure(Lane& lane, Instant now, std::string problem);

// In the database of an account that was put back from a backup: every partner has to hear of it.
void tell_partners_of_restore(storage::Session& session);
std::vector<AccountCode> partners_who_must_hear(storage::Session& session);

// Partners to whom something may go now, and when the next thing may.
struct LanesDue {
    std::vector<AccountCode> now;
    std::optional<Instant> next;  // of those that are not due now
};
LanesDue lanes_due(storage::Session& session, Instant now);

}  // namespace wharf::operations
