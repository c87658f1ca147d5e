// A trial load in a process of its own: a damaged or hostile shared object can kill or stop whoever
// opens it, so a child opens it first. The child is the host's own binary, started anew.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>

#include "host/limits.hpp"

namespace wharf::plugins {

// The first argument that turns the host's program into a probe.
inline constexpr const char* kProbeArgument = "__probe_plugin";

struct ProbeOptions {
    std::filesystem::path program = "/proc/self/exe";  // one whose main() begins as below
    std::chrono::milliseconds timeout = limits::kProbeTimeMax;
};

// Starts the program on the descriptor and waits for it. Returns what the plugin's describe()
// wrote. Throws Blocked `probe` with the reason: what the child found, how it ended, or that it did
// not.
[[nodiscard]] std::string run_probe(int fd, const ProbeOptions& options);

// main() begins with: if (auto fd = probe_request(argc, argv)) return probe_main(*fd);
// before it starts threads or opens anything.
[[nodiscard]] std::optional<int> probe_request(int argc, char** argv);
int probe_main(int fd);

}  // namespace wharf::plugins
