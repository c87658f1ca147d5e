// JSON Pointers into arrays of a request.
#pragma once

#include <string>
#include <string_view>

namespace wharf::domain {

// `/lines/3/serials` from `/lines`, 3, `serials`.
inline std::string pointer_at(std::string_view array, std::size_t index,
                              std::string_view field = {}) {
    std::string pointer(array);
    pointer += '/';
    pointer += std::to_string(index);
    if (!field.empty()) {
        pointer += '/';
        pointer += field;
    }
    return pointer;
}

}  // namespace wharf::domain
