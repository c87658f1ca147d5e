#include "host/http/api_routes.hpp"

#include <utility>

namespace wharf::http {

namespace {

using operations::Operation;
using operations::Scope;

// The field in the last braces of the GET that shows what `maker` makes, or empty.
std::string made_field(const operations::Registry& registry, const Operation& maker) {
    if (maker.success_status != 201) return {};
    const auto stem = full_pattern(maker) + "/{";
    for (const auto& other : registry.all()) {
        if (other.method != "GET") continue;
        const auto pattern = full_pattern(other);
        if (!pattern.starts_with(stem)) continue;
        const auto end = pattern.find('}', stem.size());
        if (end + 1 == pattern.size()) return pattern.substr(stem.size(), end - stem.size());
    }
    return {};
}

}  // namespace

ApiRoutes::ApiRoutes(const operations::Registry& registry,
                     const std::vector<std::string>& service_paths) {
    using Kind = ApiRoute::Kind;
    for (std::size_t i = 0; i < service_paths.size(); ++i) {
        add({Kind::service, "GET", service_paths[i], nullptr, {}, i});
    }
    add({Kind::account_openapi, "GET", "/v1/accounts/{account}/openapi.json"});
    add({Kind::call_in_account, "POST", "/v1/accounts/{account}/operations/{name}"});
    add({Kind::call_in_host, "POST", "/v1/operations/{name}"});
    for (const auto& operation : registry.all()) {
        if (!operation.over_http() || operation.plugins_only) continue;
        add({Kind::operation, operation.method, full_pattern(operation), &operation,
             made_field(registry, operation)});
    }
}

void ApiRoutes::add(ApiRoute route) {
    table_.add(route.method, route.pattern, RouteId(static_cast<int>(routes_.size())));
    routes_.push_back(std::move(route));
}

std::string full_pattern(const Operation& operation) {
    return (operation.scope == Scope::account ? "/v1/accounts/{account}" : "/v1") + operation.route;
}

std::vector<std::string> path_fields(std::string_view route) {
    std::vector<std::string> names;
    for (auto begin = route.find('{'); begin != std::string_view::npos;
         begin = route.find('{', begin)) {
        const auto end = route.find('}', begin);
        names.emplace_back(route.substr(begin + 1, end - begin - 1));
        begin = end;
    }
    return names;
}

}  // namespace wharf::http
