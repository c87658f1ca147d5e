// What every store of the host can hold as text, and what the JSON and CSV readers let in.
#pragma once

#include <cstddef>
#include <string_view>

namespace wharf {

namespace detail {

// How many bytes the character that begins here has, or 0 when it is none.
inline std::size_t character_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto first = byte(0);
    if (first < 0x80) return first == 0 ? 0 : 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
    }
    // Neither overlong forms, nor surrogates, nor past U+10FFFF.
    const auto second = byte(1);
    if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
        (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) {
        return 0;
    }
    return length;
}

}  // namespace detail

// True when the bytes are UTF-8 (no overlong forms, no surrogates, at most U+10FFFF) without NUL.
[[nodiscard]] inline bool is_clean_text(std::string_view text) {
    while (!text.empty()) {
        const auto length = detail::character_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

}  // namespace wharf
