// One request on its way through the interface, and what is known of it for the log.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "host/accounts/principal.hpp"
#include "host/http/message.hpp"

namespace wharf::http {

struct Exchange {
    const Request& request;
    std::string request_id;
    std::string_view route = "unmatched";  ///< the pattern
    std::string account = {};              ///< as the path names it
    std::string operation = {};
    std::shared_ptr<const accounts::Principal> principal = {};
    std::string code = {};       ///< of the refusal
    std::string failure = {};    ///< for the log alone: what went wrong inside
    Headers extra_headers = {};  ///< for every reply, refusals included
};

}  // namespace wharf::http
