// Folders of plugins for the host under measurement.
#pragma once

#include <filesystem>
#include <string>

namespace wharf::bench {

// The plugin backorder_po and five that are the same under other names.
void make_six_bundles(const std::filesystem::path& built, const std::filesystem::path& folder);
// One of those that have nothing to do: "good" declares nothing, "listens" reacts to returns, which
// nobody announces while it is measured.
void make_idle_bundle(const std::filesystem::path& folder, const std::string& name);

}  // namespace wharf::bench
