// From the answer of an operation to an HTTP response.
#pragma once

#include <string>
#include <string_view>

#include "host/http/message.hpp"
#include "host/operations/call.hpp"

namespace wharf::http {

/// ETag, Location, Idempotent-Replayed. `made_base` and `made_field` tell where a document that was
/// made is found: base + "/" + the field of the body; an empty field: nowhere.
Response reply(operations::Answer answer, std::string_view made_base, std::string_view made_field);

/// 304 when If-None-Match names what a read would show.
void answer_unchanged(const Request& request, Response& response);

/// On every reply: nothing is cached, sniffed, framed or told to other sites.
void add_security_headers(Response& response);

/// RFC 3986: everything but unreserved characters as %XX.
std::string percent_encode(std::string_view text);

}  // namespace wharf::http
