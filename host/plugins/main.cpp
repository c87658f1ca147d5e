// The program `wharf-plugin`.
#include "host/plugins/plugin_program.hpp"

int main(int argc, char** argv) {
    return wharf::plugins::plugin_program_main(argc, argv);
}
