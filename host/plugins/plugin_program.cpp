#include "host/plugins/plugin_program.hpp"

#include <iostream>
#include <string>
#include <string_view>

#include "host/plugins/probe.hpp"
#include "host/plugins/runner.hpp"

namespace wharf::plugins {
namespace {

// Why the host may not be served; empty when it may.
std::string other_version(std::string_view hosts) {
    if (hosts == WHARF_VERSION) return {};
    return "wharf-plugin beside the host is version " WHARF_VERSION " and the host is " +
           std::string(hosts) + ": install both together and start the host again";
}

}  // namespace

const char* program_version() {
    return WHARF_VERSION;
}

std::filesystem::path plugin_program() {
    return std::filesystem::read_symlink("/proc/self/exe").parent_path() / "wharf-plugin";
}

int plugin_program_main(int argc, char** argv) {
    const std::string_view task = argc > 1 ? argv[1] : "";
    if (task == kProbeTask && argc == 3) return probe_main(other_version(argv[2]));
    if (task == kRunTask && argc == 3) return runner_main(other_version(argv[2]));
    std::cerr << "wharf-plugin is started by wharf, for a plugin's code to run in\n";
    return 2;
}

}  // namespace wharf::plugins
