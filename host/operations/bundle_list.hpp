// The installed bundles as support sees them.
#pragma once

#include <vector>
#include <wharf/operations/plugins.hpp>

#include "host/operations/plugin_set.hpp"
#include "host/plugins/loader.hpp"

namespace wharf::operations {

std::vector<plugins::InstalledBundle> bundles_of(const std::vector<const plugins::Plugin*>& loaded,
                                                 const PluginSet& usable);

// Adds those that were not loaded, with the step that refused them.
void add_blocked(std::vector<plugins::InstalledBundle>& bundles,
                 const plugins::InstalledPlugins& installed);

}  // namespace wharf::operations
