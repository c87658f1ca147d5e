// The program `wharf`.
#include <sys/stat.h>

#include "host/app/command_line.hpp"
#include "host/plugins/probe.hpp"

int main(int argc, char** argv) {
    // First: the probe of a bundle runs in a process that has started nothing of ours.
    if (const auto descriptor = wharf::plugins::probe_request(argc, argv)) {
        return wharf::plugins::probe_main(*descriptor);
    }
    // Books and key hashes are for the user that runs the host, whatever the shell's habit is.
    ::umask(S_IRWXG | S_IRWXO);
    return wharf::app::run_command_line(argc, argv);
}
