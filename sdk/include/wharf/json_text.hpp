// Writing JSON text straight from values, without a tree in between.
#pragma once

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>

namespace wharf {

// Appends the text as a JSON string. The text is valid UTF-8.
inline void append_json_string(std::string& out, std::string_view text) {
    static constexpr char kHex[] = "0123456789abcdef";
    out += '"';
    std::size_t begin = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
        out.append(text, begin, i - begin);
        begin = i + 1;
        switch (byte) {
            case '"':
                out += "\\\"";
                break;
            case '\\':
                out += "\\\\";
                break;
            case '\n':
                out += "\\n";
                break;
            case '\r':
                out += "\\r";
                break;
            case '\t':
                out += "\\t";
                break;
            default:
                out += "\\u00";
                out += kHex[byte >> 4];
                out += kHex[byte & 15];
        }
    }
    out.append(text, begin);
    out += '"';
}

inline void append_json_integer(std::string& out, std::int64_t value) {
    char buffer[24];
    const auto result = std::to_chars(buffer, buffer + sizeof buffer, value);
    out.append(buffer, result.ptr);
}

// JSON text that is already written: a stored document passed on as it is.
struct RawJson {
    std::string text = "null";
};

// Escapes one reference token of an RFC 6901 JSON Pointer.
inline void append_pointer_token(std::string& pointer, std::string_view token) {
    pointer += '/';
    for (char character : token) {
        if (character == '~') {
            pointer += "~0";
        } else if (character == '/') {
            pointer += "~1";
        } else {
            pointer += character;
        }
    }
}

}  // namespace wharf
