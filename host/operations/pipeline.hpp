// One operation, inside a unit, from the toggle to the last hook: for the entry operation and for
// every nested call alike.
#pragma once

#include <boost/json/value.hpp>
#include <string>

#include "host/operations/call_context.hpp"

namespace wharf::operations {

// Toggle, guards, handler, within-hooks. Returns the reply as JSON; throws Refusal. A plugin that
// breaks is a Refusal: internal (`plugin_fault`) in an operation of its own, unavailable
// (`guard_unavailable`) in a hook, both naming it.
std::string run_operation(CallContext& context, const boost::json::value& request);

// All faults of the request at once: those of reading it, then those of its shape. Throws Refusal.
void check_request(const Operation& operation, const boost::json::value& request,
                   std::vector<Fault> faults);

// Refuses (plugin_off) unless the plugin that owns the operation may run it now. `request` decides
// while the plugin is finishing.
void require_plugin_on(UnitOfWork& unit, const Operation& operation,
                       const boost::json::value& request);

// While a plugin finishes: whether `input` is about a document that was there before the switch.
bool predates_switch(UnitOfWork& unit, const Toggle& toggle,
                     const std::optional<plugins::ExistingDocument>& existing,
                     const boost::json::value& input);

}  // namespace wharf::operations
