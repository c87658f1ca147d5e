// The head of a request: request line and header lines, read strictly. Whatever two readers could
// understand differently (a proxy before us and we) is refused, not guessed.
#pragma once

#include <cstdint>
#include <string_view>

#include "host/http/message.hpp"

namespace wharf::http {

enum class Framing { none, length, chunked };

struct Head {
    Request request;  ///< without body, remote_address and received_at
    Framing framing = Framing::none;
    std::uint64_t content_length = 0;
    bool keep_alive = true;
    bool expects_continue = false;
};

/// `block` is everything up to and including the empty line, with CRLF line ends. Throws Fault.
Head parse_head(std::string_view block);

}  // namespace wharf::http
