// Facts, then reactions: after the request of a unit, every plugin that is on reacts to the events
// that are new to it, each in a savepoint of its own that also moves its cursor. What fails is
// tried again later and then parked; it never fails the write that caused it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/operations/journal.hpp"
#include "host/operations/unit_of_work.hpp"

namespace wharf::operations {

struct NotRun {
    std::string plugin;
    std::string reason;
};

struct ReactionOutcome {
    // Plugins that did not get to the end of the events: held by a failure, or out of budget.
    std::vector<NotRun> not_run;
    // Something is left that the account's next unit could do at once.
    bool backlog = false;
};

// In plugins' order, until nothing is new or the unit's budget is used up.
ReactionOutcome run_reactions(UnitOfWork& unit);

// Called when a plugin is switched on: nothing before this event concerns it.
void start_cursor(UnitOfWork& unit, const std::string& plugin, std::int64_t event);

// Runs a parked reaction again, out of order. Throws what the plugin throws.
void retry_parked(UnitOfWork& unit, const PluginEntry& entry, std::int64_t event);

// Does again what the journal says of a reaction, in another copy of the account.
void replay_reaction(UnitOfWork& unit, const PluginEntry& entry, const JournalEntry& row);

}  // namespace wharf::operations
