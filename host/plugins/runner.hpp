// A plugin in a process of its own: the host's binary, started anew, loads the one plugin and
// serves the host's calls over a socket. The plugin sees the same C door as in the host.
#pragma once

#include <optional>

namespace wharf::plugins {

// The first argument that turns the host's program into a plugin's process.
inline constexpr const char* kRunnerArgument = "__run_plugin";
// Its descriptors.
inline constexpr int kRunnerPluginFd = 3;
inline constexpr int kRunnerSocketFd = 4;

// main() begins with: if (runner_request(argc, argv)) return runner_main();
[[nodiscard]] bool runner_request(int argc, char** argv);
int runner_main();

}  // namespace wharf::plugins
