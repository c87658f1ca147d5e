// The account's named counters, from which its numbers and ids are taken.
#pragma once

#include <cstdint>
#include <string_view>

#include "host/storage/session.hpp"

namespace wharf::domain {

// The first of `count` values that follow one another and are nobody else's; a counter begins at 1.
// Rolls back with the savepoint.
std::int64_t take_numbers(storage::Session& session, std::string_view counter,
                          std::int64_t count = 1);

}  // namespace wharf::domain
