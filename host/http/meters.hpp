// The counters behind Server::stats(): written by the gate and the workers, read by anyone.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace wharf::http {

struct Meters {
    std::atomic<std::uint64_t> accepted{0};
    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::uint64_t> faults{0};
    std::atomic<std::uint64_t> overloaded{0};
    std::atomic<std::uint64_t> deadlines{0};
    std::atomic<std::uint64_t> handler_failures{0};
    std::atomic<std::size_t> connections{0};
    std::atomic<std::size_t> buffered_bytes{0};
};

}  // namespace wharf::http
