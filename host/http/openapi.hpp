// The OpenAPI 3.1 document of a set of operations, written from their shapes.
#pragma once

#include <string>
#include <vector>

#include "host/operations/operation.hpp"

namespace wharf::http {

struct OpenApiInfo {
    std::string title;
    std::string version;
    /// Set: paths name this account, and operations of the host's scope are left out.
    std::string account = {};
};

std::string openapi_document(const std::vector<const operations::Operation*>& operations,
                             const OpenApiInfo& info);

}  // namespace wharf::http
