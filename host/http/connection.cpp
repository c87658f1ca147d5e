#include "host/http/connection.hpp"

#include <sys/socket.h>

#include <cerrno>

namespace wharf::http {

bool Connection::send_output() {
    while (!all_sent()) {
        const auto count =
            ::send(socket.get(), output.data() + sent, output.size() - sent, MSG_NOSIGNAL);
        if (count >= 0) {
            sent += static_cast<std::size_t>(count);
        } else if (errno != EINTR) {
            return errno == EAGAIN || errno == EWOULDBLOCK;
        }
    }
    return true;
}

}  // namespace wharf::http
