// What every store of the host can hold as text, and what the JSON and CSV readers let in.
#pragma once

#include <cstddef>
#include <string_view>

namespace wharf {

// How many bytes the character at the front of a text that is not empty has, or 0 when it is none
// in UTF-8 (no overlong forms, no surrogates, at most U+10FFFF).
[[nodiscard]] inline std::size_t character_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto first = byte(0);
    if (first < 0x80) return 1;
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

[[nodiscard]] inline bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto length = character_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

// True when the bytes are UTF-8 without NUL.
[[nodiscard]] inline bool is_clean_text(std::string_view text) {
    return text.find('\0') == std::string_view::npos && is_utf8(text);
}

}  // namespace wharf
