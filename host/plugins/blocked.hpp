// Why a bundle is not loaded: the step that refused it and the reason, for the list of plugins.
#pragma once

#include <string>
#include <string_view>

namespace wharf::plugins {

// The steps in the order in which a bundle goes through them.
enum class Step {
    manifest,  // plugin.json is missing, wrong or of a later level; or its name is taken twice
    seal,      // the shared object could not be read into its sealed copy
    hash,      // a file is not the one that the manifest speaks of
    elf,       // the shared object exports, needs or contains what a bundle must not
    probe,     // a trial load in a process of its own went wrong
    load,      // the host could not load what the probe could
    identity,  // the code says something else than the manifest
    start,     // the plugin refused to start
};

[[nodiscard]] constexpr std::string_view step_name(Step step) {
    constexpr std::string_view names[] = {"manifest", "seal", "hash",     "elf",
                                          "probe",    "load", "identity", "start"};
    return names[static_cast<std::size_t>(step)];
}

// Also thrown by the steps themselves.
struct Blocked {
    Step step;
    std::string reason;
};

}  // namespace wharf::plugins
