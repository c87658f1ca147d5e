// Replies that are files (sdk/include/wharf/file.hpp): on an operation's own route the client gets
// the bytes, not the message that carries them.
#pragma once

#include <optional>
#include <string_view>
#include <wharf/shape.hpp>

#include "host/http/message.hpp"

namespace wharf::http {

/// The media type of the file that a reply of this shape is, or nothing when it is no file.
std::optional<std::string_view> file_media_type(const Shape& reply);

/// Turns the message in `response` into the file, unless the client named application/json in
/// Accept and the file is of another type. Precondition: the reply's shape is a file's.
void send_as_file(const Request& request, Response& response);

}  // namespace wharf::http
