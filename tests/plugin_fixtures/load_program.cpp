// wharf_load_program [--apart] FOLDER: loads the bundles of a folder as the host does, into itself
// or into processes of their own, and says how each fared; exit code 1 when one is blocked.
#include <iostream>
#include <string_view>

#include "host/plugins/loader.hpp"

int main(int argc, char** argv) {
    using namespace wharf::plugins;
    const bool apart = argc == 3 && std::string_view(argv[1]) == "--apart";
    if (argc != 2 && !apart) return 2;
    int blocked = 0;
    const InstalledPlugins installed(argv[argc - 1], ProbeOptions{},
                                     apart ? Entrance::process : Entrance::direct);
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
