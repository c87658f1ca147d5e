// How many files the process may hold open.
#pragma once

#include <cstddef>

namespace wharf::accounts {

// Raises the limit of open files as far as the system allows (at most to `wanted`) and gives what
// it is now.
std::size_t raise_descriptor_limit(std::size_t wanted);

// What a host with so many open accounts and all its connections may hold open.
[[nodiscard]] std::size_t descriptors_for(std::size_t accounts);

// How many accounts may be open with so many descriptors: three fifths are theirs; never none,
// never above `open_max`.
[[nodiscard]] std::size_t accounts_within(std::size_t descriptors, std::size_t open_max);

// How many connections that leaves; never none, never above limits::kHttpConnectionsMax.
[[nodiscard]] std::size_t connections_within(std::size_t descriptors, std::size_t accounts);

}  // namespace wharf::accounts
