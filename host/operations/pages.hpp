// Limits and cursors of this room's lists.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <wharf/refusal.hpp>

namespace wharf::operations {

// The rows of one page. Refuses (invalid at /limit) what is not from 1 to `rows_max`.
std::size_t page_limit(std::int32_t limit, std::size_t rows_max);

// The refusal (invalid at /after) of what is no cursor.
Refusal bad_cursor();

// A cursor that is a number; 0 without one. Refuses (invalid at /after) what is none.
std::int64_t number_cursor(const std::optional<std::string>& after);

}  // namespace wharf::operations
