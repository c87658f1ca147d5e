#include "host/operations/clock.hpp"

#include <chrono>

namespace wharf::operations {

Clock system_clock() {
    return [] {
        const auto now = std::chrono::floor<std::chrono::milliseconds>(
            std::chrono::system_clock::now().time_since_epoch());
        return Instant::from_raw(std::chrono::microseconds(now).count());
    };
}

}  // namespace wharf::operations
