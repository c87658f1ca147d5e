// Runs by the clock. A row per schedule says when it is due next; a run is claimed by a unique row
// in the account's own transaction, so it happens once on any number of hosts. Runs that were
// missed while nothing ran are one run.
#pragma once

#include <optional>
#include <string>

#include "host/operations/calendar.hpp"
#include "host/operations/journal.hpp"
#include "host/operations/settings.hpp"
#include "host/operations/unit_of_work.hpp"

namespace wharf::operations {

// The host's own schedules go by this name instead of a plugin's.
inline constexpr std::string_view kHostSchedules = "@host";

// Sets the next due instants of a plugin's schedules as its manifest and its settings say. Refuses
// (invalid below /config) a rule in the settings that cannot be.
void plan_schedules(UnitOfWork& unit, const PluginEntry& entry, const Toggle& toggle);
void drop_schedules(UnitOfWork& unit, const std::string& plugin);
// For a new account: what the host does every day.
void plan_host_schedules(storage::Session& session, const Account& account, Instant now);

// Runs what is due, each in a savepoint of its own. A run that fails is recorded with its reason;
// the next one comes at its time.
void run_due_schedules(UnitOfWork& unit);

// Does again what the journal says of a run, in another copy of the account.
void replay_run(UnitOfWork& unit, const JournalEntry& entry);

// The earliest instant at which anything of the account is due: schedules, ends of toggles,
// retries. Jobs that are not at their end are due at once.
std::optional<Instant> next_wake(storage::Session& session);

}  // namespace wharf::operations
