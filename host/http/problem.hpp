// Every "no" of the interface as RFC 9457 application/problem+json.
#pragma once

#include <string_view>
#include <wharf/refusal.hpp>

#include "host/http/fault.hpp"
#include "host/http/message.hpp"

namespace wharf::http {

/// type, title, status, detail, code, request_id, retryable, errors, and where they are known hint
/// and caused_by. 401 carries WWW-Authenticate; 429 and 503 carry Retry-After. The detail of an
/// internal refusal is for the log and does not leave the host.
Response problem(const Refusal& refusal, std::string_view request_id);

/// The same for what the transport turned away. Makes a request id when `request_id` is empty.
Response problem(const Fault& fault, std::string_view request_id);

/// 405: the path is there, the method is not.
Response method_not_allowed(std::string_view allow, std::string_view request_id);

}  // namespace wharf::http
