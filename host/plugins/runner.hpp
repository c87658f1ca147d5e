// A plugin in a process of its own: the program `wharf-plugin` loads the one plugin and serves the
// host's calls over a socket. The plugin sees the same C door as in the host.
#pragma once

#include <string>

namespace wharf::plugins {

// With a reason it loads nothing and tells the host that.
int runner_main(const std::string& reason);

}  // namespace wharf::plugins
