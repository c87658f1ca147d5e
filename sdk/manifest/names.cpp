#include "sdk/manifest/names.hpp"

#include <algorithm>
#include <cstddef>

namespace wharf::manifest {
namespace {

constexpr std::size_t kNameBytesMax = 40;
constexpr std::size_t kPathBytesMax = 200;

bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_number(std::string_view text) {
    return !text.empty() && text.size() <= 6 && std::ranges::all_of(text, is_digit) &&
           (text.size() == 1 || text.front() != '0');
}

// Applies `accept` to each part between separators; false when one is not accepted. Counts them.
template <typename Accept>
bool each_part(std::string_view text, char separator, std::size_t& parts, Accept accept) {
    parts = 0;
    while (true) {
        const auto end = text.find(separator);
        ++parts;
        if (!accept(text.substr(0, end))) return false;
        if (end == std::string_view::npos) return true;
        text.remove_prefix(end + 1);
    }
}

bool is_route_segment(std::string_view segment) {
    if (segment.starts_with('{') && segment.ends_with('}')) {
        return is_plain_name(segment.substr(1, segment.size() - 2));
    }
    return !segment.empty() && (is_lower(segment.front()) || is_digit(segment.front())) &&
           std::ranges::all_of(
               segment, [](char c) { return is_lower(c) || is_digit(c) || c == '_' || c == '-'; });
}

bool is_file_name(std::string_view name) {
    return !name.empty() && name.front() != '.' && std::ranges::all_of(name, [](char c) {
        return is_lower(c) || (c >= 'A' && c <= 'Z') || is_digit(c) || c == '_' || c == '-' ||
               c == '.' || c == '+';
    });
}

}  // namespace

bool is_plain_name(std::string_view text) {
    return !text.empty() && text.size() <= kNameBytesMax && is_lower(text.front()) &&
           std::ranges::all_of(text, [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

bool is_dotted_name(std::string_view text) {
    std::size_t parts = 0;
    return each_part(text, '.', parts, is_plain_name) && parts >= 2;
}

bool is_operation_name(std::string_view text) {
    const auto slash = text.find('/');
    if (slash == std::string_view::npos) return is_dotted_name(text);
    const std::string_view revision = text.substr(slash + 1);
    return is_dotted_name(text.substr(0, slash)) && is_number(revision) && revision != "0" &&
           revision != "1";
}

bool is_version(std::string_view text) {
    std::size_t parts = 0;
    return each_part(text, '.', parts, is_number) && parts == 3;
}

bool is_time_of_day(std::string_view text) {
    if (text.size() != 5 || text[2] != ':') return false;
    for (const std::size_t i : {0U, 1U, 3U, 4U}) {
        if (!is_digit(text[i])) return false;
    }
    const int hours = (text[0] - '0') * 10 + (text[1] - '0');
    return hours <= 23 && text[3] <= '5';
}

bool is_sha256(std::string_view text) {
    return text.size() == 64 &&
           std::ranges::all_of(text, [](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); });
}

bool is_route(std::string_view text) {
    if (text.size() > kPathBytesMax || !text.starts_with('/')) return false;
    std::size_t parts = 0;
    return text.size() == 1 || each_part(text.substr(1), '/', parts, is_route_segment);
}

bool is_bundle_path(std::string_view text) {
    std::size_t parts = 0;
    return text.size() <= kPathBytesMax && each_part(text, '/', parts, is_file_name);
}

}  // namespace wharf::manifest
