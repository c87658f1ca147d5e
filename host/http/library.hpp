// The adapter of cpp-httplib: the only place that knows the library. It lends us its listening
// socket and the way from a request through a handler to the bytes of a reply. Reading from clients
// is ours (intake.hpp): that is where the library is soft.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "host/http/descriptor.hpp"
#include "host/http/transport.hpp"

namespace wharf::http {

class Library {
public:
    Library();
    ~Library();

    /// A non-blocking listening socket. Throws std::system_error naming the address.
    Descriptor listen(const std::string& host, std::uint16_t port);

    /// The bytes of the reply that `handler` gives to `request`; without a body for HEAD. What the
    /// handler throws is thrown on. Called on any thread at once.
    std::string reply(const Request& request, const Handler& handler, bool keep_alive);

private:
    class Engine;
    std::unique_ptr<Engine> engine_;
};

}  // namespace wharf::http
