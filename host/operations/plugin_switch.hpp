// Switching a plugin for one account, inside a unit of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
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

// True when a plugin that is on was installed in another version than the one that the account
// runs.
bool has_new_versions(const Settings& settings);

// After a plugin was installed in another version: its settings, schedules and indexes in this
// account become what that version declares. A version that cannot be taken over is switched off
// with the reason, so that it never stands in the way of the account's writes. True when there was
// one. Writes the journal.
bool adopt_new_versions(UnitOfWork& unit);

// The operation of its rows in the journal; their note says why it was switched off instead.
inline constexpr std::string_view kAdoptPluginVersion = "host.adopt_plugin_version";
// Does again what the journal says of an adoption, in another copy of the account.
void replay_adoption(UnitOfWork& unit, const PluginEntry& entry, const std::string& failure);

// Documents that the plugin began and that are not at their end: purchase orders that it made, and
// what its preview counts as `in_flight`.
std::int64_t documents_in_flight(UnitOfWork& unit, const PluginEntry& entry);

// What the plugin says it would do first, as JSON; "null" when it does not tell.
std::string preview_of(UnitOfWork& unit, const PluginEntry& entry);

// What support sees of a plugin.
plugins::PluginState state_of(UnitOfWork& unit, const PluginEntry& entry);

}  // namespace wharf::operations
