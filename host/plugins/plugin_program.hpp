// The program `wharf-plugin`, beside the host's: a plugin's code runs in it before it runs in the
// host (the probe) or instead of in the host (a plugin in a process of its own). It links what
// loading needs and nothing else, so that starting it is cheap.
#pragma once

#include <filesystem>

namespace wharf::plugins {

// What it is asked for: `wharf-plugin probe VERSION` and `wharf-plugin run VERSION`, where VERSION
// is the host's. One of another version does neither and says so.
inline constexpr const char* kProbeTask = "probe";
inline constexpr const char* kRunTask = "run";

// Its descriptors: the plugin's sealed copy, and what it tells the host over (a pipe for the probe,
// a socket for a plugin that runs).
inline constexpr int kPluginFd = 3;
inline constexpr int kHostFd = 4;

[[nodiscard]] const char* program_version();

// Beside the program that runs now.
[[nodiscard]] std::filesystem::path plugin_program();

// Its main().
int plugin_program_main(int argc, char** argv);

}  // namespace wharf::plugins
