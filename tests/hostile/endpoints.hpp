// The endpoints of a running host, as its OpenAPI document tells them.
#pragma once

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <string>
#include <vector>

#include "tests/support/account.hpp"
#include "tests/support/json_match.hpp"

namespace wharf::tests {

struct Endpoint {
    std::string method;  // in capitals
    std::string path;    // with {names}
    std::string operation;
    std::vector<std::string> query;
    boost::json::value request;  // the body's JSON Schema, or null

    [[nodiscard]] bool has_body() const {
        return method == "POST" || method == "PUT" || method == "PATCH";
    }
    [[nodiscard]] bool in_account() const { return path.starts_with("/v1/accounts/{account}"); }
};

using Values = std::map<std::string, std::string>;

// Puts the values in the place of the {names}; what has none becomes "none".
inline std::string filled(const std::string& path, const Values& values) {
    std::string out;
    for (std::size_t at = 0; at < path.size();) {
        if (path[at] != '{') {
            out += path[at++];
            continue;
        }
        const auto end = path.find('}', at);
        const auto found = values.find(path.substr(at + 1, end - at - 1));
        out += found == values.end() ? "none" : found->second;
        at = end + 1;
    }
    return out;
}

inline std::vector<Endpoint> endpoints_of(const boost::json::value& document) {
    std::vector<Endpoint> all;
    for (const auto& [path, item] : document.at("paths").as_object()) {
        for (const auto& [method, operation] : item.as_object()) {
            Endpoint endpoint{method, path, plain_text(operation.at("operationId")), {}, nullptr};
            std::ranges::transform(endpoint.method, endpoint.method.begin(),
                                   [](char c) { return static_cast<char>(c & ~0x20); });
            for (const auto& parameter : operation.at("parameters").as_array()) {
                const auto* in = parameter.as_object().if_contains("in");
                if (in != nullptr && *in == "query") {
                    endpoint.query.push_back(plain_text(parameter.at("name")));
                }
            }
            if (const auto* schema = at_path(operation, ".requestBody.content")) {
                const auto* json = schema->as_object().if_contains("application/json");
                if (json != nullptr) endpoint.request = json->at("schema");
            }
            all.push_back(std::move(endpoint));
        }
    }
    return all;
}

inline HttpReply call(Client& client, const Endpoint& endpoint, const std::string& path) {
    return client.send({endpoint.method, path, {}, endpoint.has_body() ? "{}" : ""});
}

}  // namespace wharf::tests
