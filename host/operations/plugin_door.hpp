// The door through which plugins call the host.
#pragma once

#include "host/operations/services.hpp"
#include "host/plugins/door.hpp"

namespace wharf::operations {

// A token is good on the thread that is inside the call which carried it, until that call returns;
// any other is refused. So no look-up and no lock is needed, and no plugin can reach the unit of
// another, or of one that is over.
class PluginDoor final : public plugins::HostDoor {
public:
    explicit PluginDoor(Services& services) : services_(services) {}

    std::string call(std::uint64_t token, std::string_view operation,
                     std::string_view request) override;
    void log(std::uint64_t token, plugins::LogLevel level, std::string_view text) override;

private:
    Services& services_;
};

}  // namespace wharf::operations
