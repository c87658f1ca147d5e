// wharf_load_program FOLDER: loads the bundles of a folder as the host does, and says how each
// fared; exit code 1 when one is blocked.
#include <iostream>

#include "host/plugins/loader.hpp"

int main(int argc, char** argv) {
    using namespace wharf::plugins;
    if (argc != 2) return 2;
    int blocked = 0;
    const InstalledPlugins installed(argv[1], ProbeOptions{});
    for (const InstalledPlugin& plugin : installed.all()) {
        std::cout << plugin.bundle.name << ": ";
        if (plugin.blocked) {
            ++blocked;
            std::cout << "blocked at " << step_name(plugin.blocked->step) << ": "
                      << plugin.blocked->reason << '\n';
        } else {
            std::cout << "loaded\n";
        }
    }
    return blocked == 0 && !installed.all().empty() ? 0 : 1;
}
