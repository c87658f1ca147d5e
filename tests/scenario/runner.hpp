// Runs one scenario against a host of its own.
#pragma once

#include <filesystem>
#include <iosfwd>

namespace wharf::scenario {

// True when every step did what it says, every account verifies and the host ended cleanly. What
// went wrong is told with file, line, expected and got; nothing after the first failing step is
// run.
bool run(const std::filesystem::path& file, std::ostream& out);

}  // namespace wharf::scenario
