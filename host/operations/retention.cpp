#include "host/operations/retention.hpp"

#include <algorithm>
#include <chrono>

#include "host/domain/events.hpp"
#include "host/limits.hpp"

namespace wharf::operations {
namespace {

constexpr int kRunDaysKept = 30;
constexpr int kJobDaysKept = 30;

Instant days_ago(Instant now, std::int64_t days) {
    return now.plus_micros(-days * Instant::kDay);
}

// An event that a plugin has not seen, or that is parked, stays whatever its age.
std::int64_t lowest_cursor(UnitOfWork& unit) {
    auto lowest = unit.last_event();
    const auto consider = [&](std::optional<std::int64_t> sequence) {
        if (sequence && *sequence < lowest) lowest = *sequence;
    };
    // The cursor of a plugin that is on lags behind events that do not concern it; by now, at the
    // end of a batch, everything up to the last event was seen by every plugin that is not held.
    consider(unit.session.value<std::int64_t>(
        "SELECT MIN(event) FROM reaction_cursor WHERE retry_at IS NOT NULL"));
    if (const auto parked =
            unit.session.value<std::int64_t>("SELECT MIN(event) FROM parked_reaction")) {
        consider(*parked - 1);
    }
    if (unit.state.cursors) {
        for (const auto& cursor : unit.state.cursors->all) {
            if (unit.settings->running(cursor.plugin, unit.facts.now) != nullptr) {
                consider(cursor.seen);
            }
        }
    } else if (!unit.settings->active.empty()) {
        consider(unit.session.value<std::int64_t>("SELECT MIN(event) FROM reaction_cursor"));
    }
    return lowest;
}

}  // namespace

std::int64_t last_prunable_event(UnitOfWork& unit) {
    const auto before = days_ago(unit.facts.now, *unit.settings->account.policies.event_days_kept);
    return std::min(domain::last_event_before(unit.session, before), lowest_cursor(unit));
}

void prune(UnitOfWork& unit, std::int64_t events_to) {
    const auto now = unit.facts.now;
    domain::prune_events(unit.session, events_to);
    unit.session.execute("DELETE FROM schedule_run WHERE ran_at < :before",
                         {{"before", days_ago(now, kRunDaysKept)}});
    prune_requests_and_jobs(unit.session, now);
}

void prune_requests_and_jobs(storage::Session& session, Instant now) {
    const auto keys =
        std::chrono::duration_cast<std::chrono::microseconds>(limits::kIdempotencyKept).count();
    session.execute("DELETE FROM idempotency WHERE at < :before",
                    {{"before", now.plus_micros(-keys)}});
    const auto before = days_ago(now, kJobDaysKept);
    for (const auto* sql :
         {"DELETE FROM job_error WHERE job IN (SELECT id FROM job WHERE changed_at < :before AND "
          "state NOT IN ('waiting', 'running'))",
          "DELETE FROM job_input WHERE job IN (SELECT id FROM job WHERE changed_at < :before AND "
          "state NOT IN ('waiting', 'running'))",
          "DELETE FROM job WHERE changed_at < :before AND state NOT IN ('waiting', 'running')"}) {
        session.execute(sql, {{"before", before}});
    }
}

}  // namespace wharf::operations
