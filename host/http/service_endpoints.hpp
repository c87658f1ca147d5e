// What is answered without a key: whether the host lives, is ready, which version it is, what it
// counts, and how to speak with it. None of it names an account.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "host/http/api.hpp"
#include "host/http/metrics.hpp"
#include "host/operations/registry.hpp"

namespace wharf::http {

/// One thing that /readyz looked at.
struct Check {
    std::string name;
    bool ok = true;
    bool needed = true;  ///< not ready without it; false: told, but others are served all the same
    std::string detail = {};
};

struct ServiceParts {
    std::string version;
    const operations::Registry& registry;  ///< outlives the endpoints, as does `metrics`
    Metrics& metrics;
    std::function<std::vector<Check>()> checks;
};

std::vector<ServiceEndpoint> service_endpoints(ServiceParts parts);

}  // namespace wharf::http
