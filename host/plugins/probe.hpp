// A trial load in a process of its own: a damaged or hostile shared object can kill or stop whoever
// opens it, so a child opens it first: the program `wharf-plugin`.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "host/limits.hpp"
#include "host/plugins/plugin_program.hpp"

namespace wharf::plugins {

struct ProbeOptions {
    std::filesystem::path program = plugin_program();
    std::chrono::milliseconds timeout = limits::kProbeTimeMax;
};

// Starts the program on the descriptor and waits for it. Returns what the plugin's describe()
// wrote. Throws Blocked `probe` with the reason: what the child found, how it ended, or that it did
// not.
[[nodiscard]] std::string run_probe(int fd, const ProbeOptions& options);

// The child's side. With a reason it does not look at the plugin and answers with that.
int probe_main(const std::string& reason);

}  // namespace wharf::plugins
