// The HTTP interface of the host: gives every complete request to the operation that it means, and
// every answer or refusal back in one form.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>
#include <wharf/values/time.hpp>

#include "host/accounts/key_ring.hpp"
#include "host/http/account_gate.hpp"
#include "host/http/api_routes.hpp"
#include "host/http/exchange.hpp"
#include "host/http/json_log.hpp"
#include "host/http/metrics.hpp"
#include "host/http/rate_limiter.hpp"
#include "host/http/request_reader.hpp"
#include "host/http/transport.hpp"
#include "host/operations/dispatcher.hpp"
#include "host/operations/registry.hpp"

namespace wharf::http {

/// A path that is no operation and needs no key: "/livez", "/docs".
struct ServiceEndpoint {
    std::string path;
    std::function<Response(const Request&)> answer;
};

struct ApiSettings {
    Rates rates = {};
    std::size_t workers = limits::kHttpWorkers;
    std::string version = {};  ///< of the host, told in OpenAPI
};

/// What the interface stands on; all of it outlives the Api.
struct ApiParts {
    operations::Dispatcher& dispatcher;
    const operations::Registry& registry;
    accounts::KeyRing& keys;
    std::function<Instant()> clock;
    JsonLog& log;
    Metrics& metrics;
};

/// From any thread once made. Throws std::logic_error when two operations claim one route.
class Api {
public:
    Api(ApiParts parts, ApiSettings settings, std::vector<ServiceEndpoint> services);

    /// Never throws but for want of memory.
    Response handle(const Request& request);

    /// For Settings::body_policy: imports may be large.
    BodyPolicy body_policy(std::string_view method, std::string_view path) const;

    /// For Settings::render_fault.
    Response render_fault(const Fault& fault, const Request& understood) const;

private:
    Response answer(Exchange& exchange);
    Response refuse(Exchange& exchange, const Refusal& refusal);
    void finish(Exchange& exchange, Response& response);

    void authenticate(Exchange& exchange);
    void take_token(Exchange& exchange);
    Response serve(Exchange& exchange, const ApiRoute& route, const RouteMatch& match);
    Response operate(Exchange& exchange, const ApiRoute& route, const RouteMatch& match);
    Response call_by_name(Exchange& exchange, const ApiRoute& route, const RouteMatch& match);
    Response account_openapi(const RouteMatch& match);
    Response run(Exchange& exchange, const operations::Operation& operation,
                 OperationRequest request, std::string_view made_field,
                 const std::string& made_base);

    ApiParts parts_;
    ApiSettings settings_;
    std::vector<ServiceEndpoint> services_;
    ApiRoutes routes_;
    RateLimiter limiter_;
    AccountGate gate_;
};

}  // namespace wharf::http
