#include "host/http/socket_address.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace wharf::http {

namespace {

std::string text_of(int family, const void* bytes) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    ::inet_ntop(family, bytes, text.data(), text.size());
    return text.data();
}

}  // namespace

std::string host_of(const sockaddr_storage& address) {
    if (address.ss_family == AF_INET) {
        return text_of(AF_INET, &reinterpret_cast<const sockaddr_in&>(address).sin_addr);
    }
    if (address.ss_family != AF_INET6) return {};
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
    constexpr std::size_t kMappedPrefix = 12;
    return IN6_IS_ADDR_V4MAPPED(&v6) ? text_of(AF_INET, v6.s6_addr + kMappedPrefix)
                                     : text_of(AF_INET6, v6.s6_addr);
}

std::string local_address(const Descriptor& socket) {
    sockaddr_storage address{};
    socklen_t size = sizeof address;
    if (::getsockname(socket.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        throw std::system_error(errno, std::generic_category(),
                                "cannot name the listening address");
    }
    if (address.ss_family == AF_INET6) {
        const auto port = reinterpret_cast<const sockaddr_in6&>(address).sin6_port;
        return "[" + host_of(address) + "]:" + std::to_string(ntohs(port));
    }
    const auto port = reinterpret_cast<const sockaddr_in&>(address).sin_port;
    return host_of(address) + ":" + std::to_string(ntohs(port));
}

}  // namespace wharf::http
