// One account of a running host, seen through one key: what most tests talk to.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "tests/support/http_client.hpp"

namespace wharf::tests {

// A client with a key. Paths that do not begin with a slash are below the account. One thread at a
// time.
class Client {
public:
    Client(std::string url, std::string account, std::string key);

    HttpReply send(HttpRequest request);
    HttpReply get(const std::string& path);
    HttpReply post(const std::string& path, const std::string& json,
                   const std::string& idempotency_key = {});
    HttpReply put(const std::string& path, const std::string& json);

    // Likewise, but throws with the reply unless it has this status; gives its body.
    boost::json::value expect(int status, const HttpReply& reply);
    boost::json::value must_get(const std::string& path) { return expect(200, get(path)); }
    boost::json::value must_post(const std::string& path, const std::string& json,
                                 const std::string& idempotency_key = {});
    boost::json::value must_put(const std::string& path, const std::string& json);

    // A second client with the same key, for another thread.
    [[nodiscard]] Client another() const { return {url_, account_, key_}; }
    [[nodiscard]] const std::string& key() const { return key_; }
    [[nodiscard]] const std::string& account() const { return account_; }

private:
    std::string url_;
    std::string account_;
    std::string key_;
    HttpClient http_;
};

// Makes the account and an admin's key; `settings` are fields of the account beyond its code.
Client make_account(const std::string& url, const std::string& platform_key,
                    const std::string& code, std::string_view settings = "{}");

// A key of the account with this role; `bindings` are further fields, e.g. {"locations":["BLR"]}.
Client make_key(const std::string& url, const std::string& platform_key, const std::string& account,
                const std::string& name, const std::string& role, std::string_view bindings = "{}");

// Throws with the violations unless every invariant of the account holds.
void expect_verified(Client& client);

}  // namespace wharf::tests
