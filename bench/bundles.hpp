// Folders of plugins for the host under measurement.
#pragma once

#include <filesystem>

namespace wharf::bench {

// The plugin backorder_po and five that are the same under other names.
void make_six_bundles(const std::filesystem::path& built, const std::filesystem::path& folder);
// One that declares nothing and hears of nothing, named "good".
void make_idle_bundle(const std::filesystem::path& folder);

}  // namespace wharf::bench
