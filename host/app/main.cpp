// The program `wharf`.
#include <sys/stat.h>

#include "host/app/command_line.hpp"
#include "host/plugins/probe.hpp"
#include "host/plugins/runner.hpp"

int main(int argc, char** argv) {
    // First: the probe of a bundle, and a plugin that has a process of its own, run where nothing
    // of ours was started.
    if (const auto descriptor = wharf::plugins::probe_request(argc, argv)) {
        return wharf::plugins::probe_main(*descriptor);
    }
    if (wharf::plugins::runner_request(argc, argv)) return wharf::plugins::runner_main();
    // Books and key hashes are for the user that runs the host, whatever the shell's habit is.
    ::umask(S_IRWXG | S_IRWXO);
    return wharf::app::run_command_line(argc, argv);
}
