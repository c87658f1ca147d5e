// Why the transport itself turns a request away, before any handler has seen it.
#pragma once

#include <string_view>

#include "host/http/message.hpp"

namespace wharf::http {

/// Thrown inside the parsers, never past the transport. The texts are literals: nothing that a
/// client sent is repeated in a reply. `code` is one of the closed list of refusals; `status` is
/// more precise than the list where HTTP has a status of its own (408, 414, 431, 501, 505).
struct Fault {
    int status;
    std::string_view code;
    std::string_view detail;
};

constexpr Fault malformed(std::string_view detail) {
    return {400, "malformed", detail};
}

/// The fault as application/problem+json; 503 carries Retry-After.
Response render_problem(const Fault& fault);

}  // namespace wharf::http
