// Whether an account may have a plugin, and which plugins stand and fall together.
#pragma once

#include <string>
#include <vector>

#include "host/operations/settings.hpp"

namespace wharf::operations {

// Why the account may not have the plugin, one sentence each; empty when it may.
std::vector<std::string> not_eligible_because(const plugins::Manifest& manifest,
                                              const Account& account);

// What the plugin needs and what is not on (or too old) at that instant.
std::vector<std::string> missing_needs(const plugins::Manifest& manifest, const Settings& settings,
                                       const PluginSet& plugins, Instant now);

// The plugins that are on at that instant and need this one.
std::vector<std::string> needed_by(std::string_view plugin, const Settings& settings, Instant now);

}  // namespace wharf::operations
