#include "host/operations/pages.hpp"

#include <charconv>

namespace wharf::operations {

std::size_t page_limit(std::int32_t limit, std::size_t rows_max) {
    if (limit < 1 || static_cast<std::size_t>(limit) > rows_max) {
        throw Refusal::invalid("/limit", "out_of_range",
                               "must be from 1 to " + std::to_string(rows_max));
    }
    return static_cast<std::size_t>(limit);
}

Refusal bad_cursor() {
    return Refusal::invalid("/after", "bad_cursor", "this is no cursor of this list",
                            "take the value of `next` as it came");
}

std::int64_t number_cursor(const std::optional<std::string>& after) {
    if (!after) return 0;
    std::int64_t number = 0;
    const auto* end = after->data() + after->size();
    const auto result = std::from_chars(after->data(), end, number);
    if (result.ec != std::errc() || result.ptr != end || number < 0) {
        throw bad_cursor();
    }
    return number;
}

}  // namespace wharf::operations
