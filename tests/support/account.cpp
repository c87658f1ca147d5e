#include "tests/support/account.hpp"

#include <boost/json.hpp>
#include <stdexcept>

namespace wharf::tests {

namespace json = boost::json;

namespace {

json::object merged(json::object base, std::string_view more) {
    const auto parsed = json::parse(more);
    for (const auto& [key, value] : parsed.as_object()) base[key] = value;
    return base;
}

}  // namespace

Client::Client(std::string url, std::string account, std::string key)
    : url_(std::move(url)), account_(std::move(account)), key_(std::move(key)), http_(url_) {}

HttpReply Client::send(HttpRequest request) {
    if (request.path.empty() || request.path.front() != '/') {
        request.path = "/v1/accounts/" + account_ + "/" + request.path;
    }
    if (!key_.empty()) request.headers.emplace_back("Authorization", "Bearer " + key_);
    return http_.send(request);
}

HttpReply Client::get(const std::string& path) {
    return send({"GET", path, {}, ""});
}

HttpReply Client::post(const std::string& path, const std::string& json,
                       const std::string& idempotency_key) {
    HttpRequest request{"POST", path, {}, json};
    if (!idempotency_key.empty()) request.headers.emplace_back("Idempotency-Key", idempotency_key);
    return send(std::move(request));
}

HttpReply Client::put(const std::string& path, const std::string& json) {
    return send({"PUT", path, {}, json});
}

json::value Client::expect(int status, const HttpReply& reply) {
    if (reply.status == status) return reply.json();
    throw std::runtime_error("expected " + std::to_string(status) + ", got " +
                             std::to_string(reply.status) + ": " + reply.body);
}

json::value Client::must_post(const std::string& path, const std::string& json,
                              const std::string& idempotency_key) {
    const auto reply = post(path, json, idempotency_key);
    return expect(reply.status == 200 ? 200 : 201, reply);
}

json::value Client::must_put(const std::string& path, const std::string& json) {
    const auto reply = put(path, json);
    return expect(reply.status == 201 ? 201 : 200, reply);
}

Client make_account(const std::string& url, const std::string& platform_key,
                    const std::string& code, std::string_view settings) {
    const json::object usual{{"code", code},
                             {"name", code},
                             {"plan", "growth"},
                             {"account_type", "seller"},
                             {"inventory_type", "non_serialized"},
                             {"currency", "INR"},
                             {"time_zone", "Asia/Kolkata"},
                             {"country", "IN"}};
    Client platform(url, code, platform_key);
    platform.expect(201, platform.post("/v1/accounts", json::serialize(merged(usual, settings))));
    return make_key(url, platform_key, code, "admin", "admin");
}

Client make_key(const std::string& url, const std::string& platform_key, const std::string& account,
                const std::string& name, const std::string& role, std::string_view bindings) {
    Client platform(url, account, platform_key);
    const auto body = merged({{"name", name}, {"role", role}}, bindings);
    const auto made = platform.expect(201, platform.post("keys", json::serialize(body)));
    return {url, account, json::value_to<std::string>(made.at("key"))};
}

void expect_verified(Client& client) {
    const auto found = client.must_get("verify");
    if (found.at("ok") != true) {
        throw std::runtime_error("the account does not verify: " + json::serialize(found));
    }
}

}  // namespace wharf::tests
