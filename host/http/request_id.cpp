#include "host/http/request_id.hpp"

#include <algorithm>

#include "host/accounts/random_text.hpp"
#include "host/limits.hpp"

namespace wharf::http {

namespace {

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-_.:/+=@").find(c) != std::string_view::npos;
}

bool is_lower_hex(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

}  // namespace

std::string request_id_of(const Request& request) {
    const auto given = request.header("X-Request-Id");
    const bool sane = !given.empty() && given.size() <= limits::kHttpRequestIdMax &&
                      std::all_of(given.begin(), given.end(), is_plain);
    return sane ? std::string(given) : make_request_id();
}

std::string make_request_id() {
    return accounts::random_text(120);
}

std::string traceparent_of(const Request& request) {
    // version "-" trace id "-" parent id "-" flags
    const auto given = request.header("traceparent");
    const bool well_formed = given.size() == 55 && given[2] == '-' && given[35] == '-' &&
                             given[52] == '-' && is_lower_hex(given.substr(0, 2)) &&
                             given.substr(0, 2) != "ff" && is_lower_hex(given.substr(3, 32)) &&
                             is_lower_hex(given.substr(36, 16)) && is_lower_hex(given.substr(53));
    return well_formed ? std::string(given) : std::string();
}

}  // namespace wharf::http
