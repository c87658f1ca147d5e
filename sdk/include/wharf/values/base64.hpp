// Bytes as text: base64 of RFC 4648, padded.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wharf {

inline std::string to_base64(std::string_view bytes) {
    static constexpr char kLetters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const auto taken = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            group = group << 8U | (k < taken ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        }
        for (std::size_t k = 0; k < 4; ++k) {
            text += k <= taken ? kLetters[group >> (18U - 6U * k) & 63U] : '=';
        }
    }
    return text;
}

// Nothing when the text is no padded base64.
inline std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 != 0) return std::nullopt;
    auto padding = text.size() - std::min(text.size(), text.find_last_not_of('=') + 1);
    if (padding > 2) return std::nullopt;
    auto value_of = [](char letter) -> int {
        if (letter >= 'A' && letter <= 'Z') return letter - 'A';
        if (letter >= 'a' && letter <= 'z') return letter - 'a' + 26;
        if (letter >= '0' && letter <= '9') return letter - '0' + 52;
        if (letter == '+') return 62;
        return letter == '/' ? 63 : -1;
    };
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    std::uint32_t group = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool pad = i + padding >= text.size();
        const int value = pad ? 0 : value_of(text[i]);
        if (value < 0) return std::nullopt;
        group = group << 6U | static_cast<std::uint32_t>(value);
        if (i % 4 != 3) continue;
        for (const unsigned shift : {16U, 8U, 0U}) {
            bytes += static_cast<char>(group >> shift & 255U);
        }
        group = 0;
    }
    bytes.resize(bytes.size() - padding);
    return bytes;
}

}  // namespace wharf
