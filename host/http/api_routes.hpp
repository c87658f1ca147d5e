// The paths of the interface, made from the registry: one route for every operation that HTTP
// serves, and the few doors that are not operations.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/http/route_table.hpp"
#include "host/operations/registry.hpp"

namespace wharf::http {

struct ApiRoute {
    enum class Kind {
        operation,
        call_in_account,  ///< POST /v1/accounts/{account}/operations/{name}
        call_in_host,     ///< POST /v1/operations/{name}
        account_openapi,
        service,
    };

    Kind kind = Kind::operation;
    std::string method;
    std::string pattern;
    const operations::Operation* operation = nullptr;
    /// Of an operation that makes something: the field of its reply that ends the path of what was
    /// made, when there is a GET for it below this route.
    std::string made_field = {};
    std::size_t service = 0;  ///< index among the services
};

/// Immutable after construction. Throws std::logic_error when two operations claim one route.
class ApiRoutes {
public:
    ApiRoutes(const operations::Registry& registry, const std::vector<std::string>& service_paths);

    RouteResult find(const std::string& method, const std::vector<std::string>& segments) const {
        return table_.find(method, segments);
    }
    const ApiRoute& at(RouteId id) const { return routes_[static_cast<std::size_t>(id)]; }

private:
    void add(ApiRoute route);

    std::vector<ApiRoute> routes_;
    RouteTable table_;
};

/// "/v1/accounts/{account}/orders/{number}" or "/v1/plugins".
std::string full_pattern(const operations::Operation& operation);

/// The names in braces, in their order.
std::vector<std::string> path_fields(std::string_view route);

}  // namespace wharf::http
