#include "host/http/replies.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <utility>

namespace wharf::http {

namespace {

// Nothing in a dry run: what it made is not there.
std::string place_of_made(const std::string& body, std::string_view base, std::string_view field) {
    boost::json::error_code error;
    const auto json = boost::json::parse(body, error);
    const auto* object = error ? nullptr : json.if_object();
    if (object == nullptr || object->contains("dry_run")) return {};
    // An account goes by {account} in paths and calls itself its code.
    for (const std::string_view candidate : {field, std::string_view("code")}) {
        const auto* made =
            object->if_contains(boost::json::string_view(candidate.data(), candidate.size()));
        if (made == nullptr || !made->is_string()) continue;
        const auto& name = made->get_string();
        return std::string(base) + "/" + percent_encode({name.data(), name.size()});
    }
    return {};
}

}  // namespace

Response reply(operations::Answer answer, std::string_view made_base, std::string_view made_field) {
    Response response;
    response.status = answer.status;
    response.body = std::move(answer.body);
    if (answer.version) {
        response.headers.set("ETag", "\"" + std::to_string(*answer.version) + "\"");
    }
    if (answer.replayed) response.headers.set("Idempotent-Replayed", "true");
    if (answer.location) {
        response.headers.set("Location", *answer.location);
    } else if (answer.status == 201 && !made_field.empty()) {
        auto place = place_of_made(response.body, made_base, made_field);
        if (!place.empty()) response.headers.set("Location", std::move(place));
    }
    return response;
}

void answer_unchanged(const Request& request, Response& response) {
    if (response.status != 200 || (request.method != "GET" && request.method != "HEAD")) return;
    const auto* known = request.headers.find("If-None-Match");
    const auto* now = response.headers.find("ETag");
    if (known == nullptr || now == nullptr || *known != *now) return;
    response.status = 304;
    response.body.clear();
}

void add_security_headers(Response& response) {
    response.headers.set("Cache-Control", "no-store");
    response.headers.set("X-Content-Type-Options", "nosniff");
    response.headers.set("X-Frame-Options", "DENY");
    response.headers.set("Referrer-Policy", "no-referrer");
    if (response.headers.find("Content-Security-Policy") == nullptr) {
        response.headers.set("Content-Security-Policy",
                             "default-src 'none'; frame-ancestors 'none'");
    }
}

std::string percent_encode(std::string_view text) {
    constexpr std::string_view kHex = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool unreserved = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                                (c >= '0' && c <= '9') ||
                                std::string_view("-._~").find(c) != std::string_view::npos;
        if (unreserved) {
            encoded += c;
        } else {
            encoded += '%';
            encoded += kHex[byte >> 4];
            encoded += kHex[byte & 15];
        }
    }
    return encoded;
}

}  // namespace wharf::http
