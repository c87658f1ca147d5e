// How many files the process may hold open.
#pragma once

#include <cstddef>

namespace wharf::accounts {

// Raises the soft limit of open files as far as the system allows (at most to `wanted`) and gives
// what it is now.
std::size_t raise_descriptor_limit(std::size_t wanted);

}  // namespace wharf::accounts
