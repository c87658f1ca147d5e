// What the parts of this room share. Made once by `Operations`, lives as long as the host.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>
#include <wharf/operations/plugins.hpp>

#include "host/limits.hpp"
#include "host/operations/clock.hpp"

namespace wharf::accounts {
class Accounts;
}

namespace wharf::operations {

class Breaker;
class Dispatcher;
class JobRunner;
class Messenger;
class PluginSet;
class Registry;
class Runtimes;

enum class LogLevel { debug, info, warning, error };
using Log = std::function<void(LogLevel, std::string_view component, std::string_view text)>;

struct Services {
    Clock clock;
    Log log;
    accounts::Accounts* accounts = nullptr;
    Registry* registry = nullptr;
    const PluginSet* plugins = nullptr;
    Runtimes* runtimes = nullptr;
    Breaker* breaker = nullptr;
    Dispatcher* dispatcher = nullptr;
    JobRunner* jobs = nullptr;
    Messenger* messenger = nullptr;
    // Every bundle that was found, loaded or blocked; filled at start.
    std::vector<plugins::InstalledBundle> bundles;
    std::int64_t verified_at_once_max = limits::kVerifiedAtOnceMax;
};

}  // namespace wharf::operations
