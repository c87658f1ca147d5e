// Stands for the host's program where only its probe is wanted: in the unit tests.
#include "host/plugins/probe.hpp"

int main(int argc, char** argv) {
    if (auto fd = wharf::plugins::probe_request(argc, argv)) return wharf::plugins::probe_main(*fd);
    return 2;
}
