// Switching a plugin for one account, inside a unit of it.
#pragma once

#include <cstdint>
#include <string>
#include <wharf/operations/plugins.hpp>

#include "host/operations/call_context.hpp"

namespace wharf::operations {

// Checks eligibility, needs both ways and settings; stores the toggle with its reason; sets the
// plugin's cursor; records plugin.switched_on or plugin.switched_off. What follows in the unit runs
// under the new toggle. Refuses `not_eligible`, `needs_plugins`, `needed_by_plugins`, `stale`.
void switch_plugin(UnitOfWork& unit, domain::Transaction& transaction,
                   const plugins::SwitchPlugin& request);

// Switches off what has passed its `until`, and what was finishing and has nothing left to finish.
// True when something changed. The caller writes the journal.
bool settle_toggles(UnitOfWork& unit);

// After a plugin was installed in another version: its schedules and indexes in this account become
// what that version declares. True when there was one.
bool adopt_new_versions(UnitOfWork& unit);

// Documents that the plugin began and that are not at their end: purchase orders that it made, and
// what its preview counts as `in_flight`.
std::int64_t documents_in_flight(UnitOfWork& unit, const PluginEntry& entry);

// What the plugin says it would do first, as JSON; "null" when it does not tell.
std::string preview_of(UnitOfWork& unit, const PluginEntry& entry);

// What support sees of a plugin.
plugins::PluginState state_of(UnitOfWork& unit, const PluginEntry& entry);

}  // namespace wharf::operations
