// From an HTTP request to the request of an operation: body, path and query become one object. What
// is wrong with single fields is collected, so that the client is told all of it at once together
// with what the operation's shape finds.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>
#include <wharf/refusal.hpp>

#include "host/http/message.hpp"
#include "host/http/route_table.hpp"
#include "host/operations/operation.hpp"

namespace wharf::http {

struct OperationRequest {
    boost::json::value value;
    std::vector<wharf::Fault> faults;
    bool dry_run = false;
};

/// Throws Refusal unsupported_media for a body of another type, and malformed for one that is no
/// JSON. An empty body is `{}`.
OperationRequest read_request(const Request& request, const RouteMatch& match,
                              const operations::Operation& operation);

/// For the doors that take any operation: the body is the whole request.
OperationRequest read_whole_request(const Request& request, bool write);

/// Throws Refusal invalid when it is not 1 to 255 visible characters.
std::optional<std::string> idempotency_key_of(const Request& request);

/// The version in If-Match. Throws Refusal stale for an entity tag that is none of ours.
std::optional<std::int64_t> if_match_of(const Request& request);

}  // namespace wharf::http
