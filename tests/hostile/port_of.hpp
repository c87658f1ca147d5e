// The port of a running host, for clients that open their own sockets.
#pragma once

#include <cstdint>
#include <string>

#include "tests/support/host_process.hpp"

namespace wharf::tests {

inline std::uint16_t port_of(const HostProcess& host) {
    return static_cast<std::uint16_t>(std::stoi(host.url().substr(host.url().rfind(':') + 1)));
}

}  // namespace wharf::tests
