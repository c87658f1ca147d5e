// Addresses of sockets as text.
#pragma once

#include <sys/socket.h>

#include <string>

#include "host/http/descriptor.hpp"

namespace wharf::http {

/// The host only: "127.0.0.1", "::1". An IPv4 client of an IPv6 socket is written as IPv4, so that
/// one client has one name. Empty for other families.
std::string host_of(const sockaddr_storage& address);

/// "127.0.0.1:8080" or "[::1]:8080": where the socket is bound. Throws std::system_error.
std::string local_address(const Descriptor& socket);

}  // namespace wharf::http
