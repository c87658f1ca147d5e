// The name of one request in replies, logs, errors, audit and events.
#pragma once

#include <string>
#include <string_view>

#include "host/http/message.hpp"

namespace wharf::http {

/// X-Request-Id when it is 1 to 128 letters, digits and `-_.:/+=@`; else a new one. What a client
/// sends may so be searched for in any log without escaping.
std::string request_id_of(const Request& request);

/// 120 random bits.
std::string make_request_id();

/// The header when it has the form of W3C Trace Context, else empty.
std::string traceparent_of(const Request& request);

}  // namespace wharf::http
