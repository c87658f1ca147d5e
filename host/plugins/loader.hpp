// Takes a folder of bundles through every step of loading. A bundle that fails one is listed as
// blocked with the reason; the others, and the host, go on.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/plugins/blocked.hpp"
#include "host/plugins/bundle.hpp"
#include "host/plugins/plugin.hpp"
#include "host/plugins/probe.hpp"

namespace wharf::plugins {

// Exactly one of plugin and blocked is set.
struct InstalledPlugin {
    Bundle bundle;
    const Plugin* plugin = nullptr;  // lives as long as the process
    std::optional<Blocked> blocked;
};

// How calls reach a plugin: through its C entry in this process, or as bytes to processes of its
// own (see process_caller.hpp), where neither a pointer nor a crash passes between it and the host.
enum class Entrance { direct, process };

// Runs the steps for one bundle: sealed copy, hash, ELF, probe, load, identity, start.
[[nodiscard]] InstalledPlugin load_bundle(Bundle bundle, const ProbeOptions& probe,
                                          Entrance entrance = Entrance::direct);

// All bundles of a folder, in the order of their folders' names. Threads: made once at the start of
// the host, unchanged after that.
class InstalledPlugins {
public:
    InstalledPlugins() = default;
    // Throws Refusal not_found when the folder is not there.
    InstalledPlugins(const std::filesystem::path& directory, const ProbeOptions& probe,
                     Entrance entrance = Entrance::direct);

    [[nodiscard]] const std::vector<InstalledPlugin>& all() const { return all_; }
    // The loaded plugin of this name, or nullptr.
    [[nodiscard]] const Plugin* find(std::string_view name) const;

private:
    std::vector<InstalledPlugin> all_;
};

}  // namespace wharf::plugins
