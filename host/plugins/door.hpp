// The host's side of the C door: what a plugin reaches when it calls back. The room of operations
// implements HostDoor; this room turns it into the C functions of wharf_host.
#pragma once

#include <wharf_abi.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace wharf::plugins {

enum class LogLevel { debug = 0, info = 1, warning = 2, error = 3 };

// Threads: called from any thread that is inside a call of a plugin, with the token that the call
// carried. A plugin may also make tokens up, so every one is checked.
class HostDoor {
public:
    HostDoor() = default;
    HostDoor(const HostDoor&) = delete;
    HostDoor& operator=(const HostDoor&) = delete;
    virtual ~HostDoor() = default;

    // Runs the operation in the token's unit of work and returns the reply as JSON. Throws Refusal,
    // which the plugin may catch; anything else reaches it as a fault without words.
    virtual std::string call(std::uint64_t token, std::string_view operation,
                             std::string_view request) = 0;
    virtual void log(std::uint64_t token, LogLevel level, std::string_view text) = 0;
};

// Opens the door for every plugin of the process; before the first is loaded. While none is open,
// calls are refused as unavailable and log lines are dropped. The door must outlive all calls.
void open_door(HostDoor& door);
void close_door();

// What every plugin is started with; lives as long as the process.
[[nodiscard]] const wharf_host& host_functions();

}  // namespace wharf::plugins
