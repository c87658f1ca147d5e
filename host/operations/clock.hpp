// Where instants come from. One is taken per unit; tests hand in their own.
#pragma once

#include <functional>
#include <wharf/values/time.hpp>

namespace wharf::operations {

using Clock = std::function<Instant()>;

// The machine's clock in whole milliseconds.
Clock system_clock();

}  // namespace wharf::operations
