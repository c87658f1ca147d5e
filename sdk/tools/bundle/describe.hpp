// Asks a plugin what it is.
#pragma once

#include <boost/json/object.hpp>
#include <filesystem>

namespace wharf::bundle {

// Loads the shared object into this process, which is why this is a program of its own, and returns
// what its describe() wrote. Throws std::runtime_error when it cannot be loaded, has no fitting
// entry, fails, or says something else about its name, version and level than its entry does.
[[nodiscard]] boost::json::object describe(const std::filesystem::path& library);

}  // namespace wharf::bundle
