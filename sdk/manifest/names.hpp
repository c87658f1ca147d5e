// The grammar of the names in a manifest. Each function says whether the text is one, whole.
#pragma once

#include <string_view>

namespace wharf::manifest {

[[nodiscard]] bool is_plain_name(std::string_view text);   // [a-z][a-z0-9_]{0,39}
[[nodiscard]] bool is_dotted_name(std::string_view text);  // plain(.plain)+
[[nodiscard]] bool is_operation_name(
    std::string_view text);                                // dotted, then nothing or "/2", "/3"...
[[nodiscard]] bool is_version(std::string_view text);      // MAJOR.MINOR.PATCH
[[nodiscard]] bool is_time_of_day(std::string_view text);  // HH:MM
[[nodiscard]] bool is_sha256(std::string_view text);       // 64 lower-case hex digits
// Below the plugin's base: "/", "/holds/{id}". No segment begins with '_': those are the host's.
[[nodiscard]] bool is_route(std::string_view text);
// A relative path that stays in the bundle: no "..", no empty or hidden segment.
[[nodiscard]] bool is_bundle_path(std::string_view text);

}  // namespace wharf::manifest
