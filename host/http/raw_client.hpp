// For tests: a client that sends exactly the bytes it is given, and a server on a thread.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include "host/http/descriptor.hpp"
#include "host/http/transport.hpp"

namespace wharf::http::testing {

/// A server on a free port of the loopback, running until the end of the scope.
class RunningServer {
public:
    RunningServer(Settings settings, Handler handler)
        : server_(std::move(settings), std::move(handler)), address_(server_.bind("127.0.0.1", 0)) {
        thread_ = std::thread([this] { server_.run(); });
    }
    ~RunningServer() { stop_and_wait(); }

    void stop_and_wait() {
        if (!thread_.joinable()) return;
        server_.stop();
        thread_.join();
    }

    Server& server() { return server_; }
    const std::string& address() const { return address_; }
    std::uint16_t port() const {
        return static_cast<std::uint16_t>(std::stoi(address_.substr(address_.rfind(':') + 1)));
    }

private:
    Server server_;
    std::string address_;
    std::thread thread_;
};

/// Reads give up after a minute, so that a fault fails a test and does not hang it.
class RawClient {
public:
    explicit RawClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        const timeval patience{60, 0};
        ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
            throw std::runtime_error("cannot connect");
        }
    }

    int socket() const { return socket_.get(); }

    /// False when the server has closed meanwhile.
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto count = ::send(socket_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count <= 0) return false;
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
        return true;
    }

    void finish_sending() { ::shutdown(socket_.get(), SHUT_WR); }

    /// Everything until the server closes.
    std::string read_all() {
        while (read_some()) {
        }
        return std::exchange(received_, {});
    }

    /// One reply with Content-Length, head and body; what follows stays for the next call.
    std::string read_reply() {
        while (true) {
            const auto end = received_.find("\r\n\r\n");
            if (end != std::string::npos) {
                const auto size = end + 4 + content_length(received_.substr(0, end));
                if (received_.size() >= size) return take(size);
            }
            if (!read_some()) return std::exchange(received_, {});
        }
    }

    std::string ask(std::string_view request) {
        send(request);
        return read_reply();
    }

    /// True when the server has closed, in whatever way.
    bool closed_by_server() { return !read_some(); }

private:
    bool read_some() {
        std::array<char, 65536> buffer;
        const auto count = ::recv(socket_.get(), buffer.data(), buffer.size(), 0);
        if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            throw std::runtime_error("the server neither answered nor closed");
        }
        if (count > 0) received_.append(buffer.data(), static_cast<std::size_t>(count));
        return count > 0;
    }

    static std::size_t content_length(const std::string& head) {
        constexpr std::string_view kName = "Content-Length: ";
        const auto at = head.find(kName);
        return at == std::string::npos ? 0 : std::stoul(head.substr(at + kName.size()));
    }

    std::string take(std::size_t size) {
        auto reply = received_.substr(0, size);
        received_.erase(0, size);
        return reply;
    }

    Descriptor socket_;
    std::string received_;
};

/// "HTTP/1.1 404 Not Found..." -> 404; 0 when there is no reply.
inline int status_of(const std::string& reply) {
    return reply.size() < 12 ? 0 : std::stoi(reply.substr(9, 3));
}

inline std::string body_of(const std::string& reply) {
    const auto end = reply.find("\r\n\r\n");
    return end == std::string::npos ? std::string() : reply.substr(end + 4);
}

}  // namespace wharf::http::testing
