#include "host/http/text_rules.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "host/http/fault.hpp"

namespace wharf::http {

namespace {

bool is_token_char(char c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
    return std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

std::uint32_t byte_at(std::string_view text, std::size_t index) {
    return static_cast<unsigned char>(text[index]);
}

// Length of the sequence at the front of `text`, or 0 when it is not a valid one.
std::size_t utf8_sequence(std::string_view text) {
    const auto first = byte_at(text, 0);
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4) return 0;
    const std::size_t length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (text.size() < length) return 0;
    std::uint32_t point = first & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte_at(text, i) & 0xC0U) != 0x80U) return 0;
        point = (point << 6U) | (byte_at(text, i) & 0x3FU);
    }
    const bool overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    return overlong || surrogate || point > 0x10FFFF ? 0 : length;
}

char decode_escape(std::string_view text) {
    const int high = text.size() < 3 ? -1 : hex_digit(text[1]);
    const int low = text.size() < 3 ? -1 : hex_digit(text[2]);
    if (high < 0 || low < 0) throw malformed("the target has a malformed percent escape");
    if (high == 0 && low == 0) throw malformed("the target has a NUL");
    return static_cast<char>(high * 16 + low);
}

}  // namespace

bool is_token(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const auto length = utf8_sequence(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

bool is_field_value(std::string_view text) {
    const auto control = [](char c) {
        return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F;
    };
    return std::none_of(text.begin(), text.end(), control) && is_utf8(text);
}

std::string percent_decode(std::string_view text, Plus plus) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            decoded += decode_escape(text.substr(i));
            i += 2;
        } else {
            decoded += text[i] == '+' && plus == Plus::blank ? ' ' : text[i];
        }
    }
    if (!is_utf8(decoded)) throw malformed("the target is not UTF-8");
    return decoded;
}

std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace wharf::http
