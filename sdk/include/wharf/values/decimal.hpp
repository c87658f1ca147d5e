// Decimal text to scaled integers and back, exactly. No floating point on the way.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace wharf {

__extension__ typedef __int128 Int128;

// Reads `-12.5` into units of 10^-scale. Nothing when the text is no plain decimal, has more than
// `scale` decimals, or its value does not fit. Leading zeros, `+`, exponents and spaces are
// refused.
constexpr std::optional<std::int64_t> parse_decimal(std::string_view text, int scale) {
    bool negative = false;
    if (!text.empty() && text.front() == '-') {
        negative = true;
        text.remove_prefix(1);
    }
    if (text.empty() || text.size() > 32) return std::nullopt;
    Int128 value = 0;
    int decimals = -1;
    int digits_before = 0;
    for (char character : text) {
        if (character == '.') {
            if (decimals >= 0 || digits_before == 0) return std::nullopt;
            decimals = 0;
            continue;
        }
        if (character < '0' || character > '9') return std::nullopt;
        if (decimals < 0) {
            ++digits_before;
        } else if (++decimals > scale) {
            return std::nullopt;
        }
        value = value * 10 + (character - '0');
        if (value > Int128{INT64_MAX}) return std::nullopt;
    }
    if (digits_before == 0 || decimals == 0) return std::nullopt;
    if (digits_before > 1 && text.front() == '0') return std::nullopt;
    for (int i = decimals < 0 ? 0 : decimals; i < scale; ++i) value *= 10;
    if (value > Int128{INT64_MAX}) return std::nullopt;
    const auto result = static_cast<std::int64_t>(value);
    return negative ? -result : result;
}

// The shortest text with at least `decimals_min` decimals.
inline std::string format_decimal(std::int64_t value, int scale, int decimals_min) {
    const bool negative = value < 0;
    auto magnitude =
        negative ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
    char buffer[32];
    char* const end = buffer + sizeof buffer;
    char* begin = end;
    int trimmed = scale;
    bool trimming = true;
    for (int i = 0; i < scale; ++i) {
        const auto digit = static_cast<char>('0' + magnitude % 10);
        magnitude /= 10;
        if (trimming && digit == '0' && trimmed > decimals_min) {
            --trimmed;
            continue;
        }
        trimming = false;
        *--begin = digit;
    }
    if (trimmed > 0) *--begin = '.';
    do {
        *--begin = static_cast<char>('0' + magnitude % 10);
        magnitude /= 10;
    } while (magnitude != 0);
    if (negative) *--begin = '-';
    return {begin, end};
}

}  // namespace wharf
