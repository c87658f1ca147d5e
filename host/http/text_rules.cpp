#include "host/http/text_rules.hpp"

#include <algorithm>
#include <wharf/values/clean_text.hpp>

#include "host/http/fault.hpp"

namespace wharf::http {

namespace {

bool is_token_char(char c) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
    return std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
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
