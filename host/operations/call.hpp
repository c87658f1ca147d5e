// One call of an operation as a door brings it, and what it came to.
#pragma once

#include <boost/json/value.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>
#include <wharf/refusal.hpp>
#include <wharf/values/text.hpp>

#include "host/accounts/principal.hpp"

namespace wharf::operations {

struct Call {
    // Empty for the host's scope.
    AccountCode account;
    std::shared_ptr<const accounts::Principal> principal;
    std::string operation;
    // Body, path and query fields in one object; typed as the operation's shape says.
    boost::json::value request;
    // What was wrong already while reading (a key twice, a path field repeated in the body): told
    // together with the faults of the shape.
    std::vector<Fault> faults = {};
    std::optional<std::string> idempotency_key = {};
    std::optional<std::int64_t> if_match = {};
    bool dry_run = false;
    std::string request_id = {};
    // Empty: the operation's own bound.
    std::optional<std::chrono::steady_clock::time_point> deadline = {};
};

struct Answer {
    int status = 200;
    std::string body;                          // JSON
    bool replayed = false;                     // `Idempotent-Replayed: true`
    bool existing = false;                     // nothing changed: it was there with this content
    std::optional<std::int64_t> version = {};  // of the document in the body, for ETag
    std::optional<std::string> location = {};  // of what is being made: `/v1/accounts/A/jobs/J1`
};

}  // namespace wharf::operations
