#include "host/http/library.hpp"

#include <fcntl.h>
#include <httplib.h>
#include <sys/socket.h>

#include <cerrno>
#include <exception>
#include <stdexcept>
#include <system_error>
#include <utility>

// The compiled library was built with these; without them its Request has another size than ours.
#if !defined(CPPHTTPLIB_OPENSSL_SUPPORT) || !defined(CPPHTTPLIB_ZLIB_SUPPORT)
#error "compile with the flags of pkg-config cpp-httplib"
#endif

namespace wharf::http {

namespace {

// What one call of the library is about. The library offers no way to hand it to its handler, so it
// travels beside, on the thread.
struct Exchange {
    const Request& request;
    const Handler& handler;
    std::exception_ptr failure;
};

thread_local Exchange* current_exchange = nullptr;

// The library reads a head of our making and writes into a string. It sees the method and nothing
// else that a client wrote: it would percent-decode header values, answer `Range` with any number
// of parts, and compress at the highest level when `Accept-Encoding` asks for it.
class MemoryStream : public httplib::Stream {
public:
    explicit MemoryStream(std::string input) : input_(std::move(input)) {}

    bool is_readable() const override { return read_ < input_.size(); }
    bool is_writable() const override { return true; }

    ssize_t read(char* to, size_t size) override {
        const auto count = input_.copy(to, size, read_);
        read_ += count;
        return static_cast<ssize_t>(count);
    }

    ssize_t write(const char* from, size_t size) override {
        output_.append(from, size);
        return static_cast<ssize_t>(size);
    }

    void get_remote_ip_and_port(std::string&, int&) const override {}
    void get_local_ip_and_port(std::string&, int&) const override {}

    // The library refuses descriptors above FD_SETSIZE because it would select() on them.
    socket_t socket() const override { return INVALID_SOCKET; }

    std::string take_output() { return std::move(output_); }

private:
    std::string input_;
    std::size_t read_ = 0;
    std::string output_;
};

// The library drops a header with a line break silently; that would hide a fault of ours.
bool has_line_break(const std::string& text) {
    return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos;
}

void convert(Response&& from, httplib::Response& to) {
    to.status = from.status;
    for (const auto& [name, value] : from.headers) {
        if (has_line_break(name) || has_line_break(value)) {
            throw std::logic_error("a response header has a line break");
        }
        to.headers.emplace(name, value);
    }
    // Without a body there is nothing whose type could be told.
    if (!from.body.empty()) to.headers.emplace("Content-Type", std::move(from.content_type));
    to.body = std::move(from.body);
}

}  // namespace

class Library::Engine : public httplib::Server {
public:
    Engine() {
        // Without it 44 ms per request: Nagle's algorithm against delayed acknowledgement.
        set_tcp_nodelay(true);
        // Only told to clients, in the Keep-Alive header: it is the gate that keeps connections.
        set_keep_alive_max_count(100'000);
        set_keep_alive_timeout(limits::kHttpKeepAlive.count());
        // The default would set SO_REUSEPORT: a second host could share the port without a word.
        set_socket_options([this](socket_t socket) {
            resolved_ = true;
            const int yes = 1;
            ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        });
        set_pre_routing_handler([](const httplib::Request&, httplib::Response& response) {
            handle(response);
            return HandlerResponse::Handled;
        });
    }

    /// False with errno.
    bool bind(const std::string& host, std::uint16_t port) {
        resolved_ = false;
        errno = 0;
        const bool bound = port == 0 ? bind_to_any_port(host) > 0 : bind_to_port(host, port);
        if (bound) return true;
        // A name without an address leaves whatever errno the resolver had on its way.
        if (!resolved_ || errno == 0) errno = EADDRNOTAVAIL;
        return false;
    }

    int take_listener() { return svr_sock_.exchange(INVALID_SOCKET); }

    std::string write_reply(const std::string& method, bool keep_alive) {
        MemoryStream stream(method + " / HTTP/1.1\r\n\r\n");
        bool closed = false;
        process_request(stream, !keep_alive, closed, nullptr);
        return stream.take_output();
    }

private:
    static void handle(httplib::Response& response) {
        try {
            convert(current_exchange->handler(current_exchange->request), response);
        } catch (...) {
            current_exchange->failure = std::current_exception();
        }
    }

    bool resolved_ = false;
};

Library::Library() : engine_(std::make_unique<Engine>()) {}
Library::~Library() = default;

Descriptor Library::listen(const std::string& host, std::uint16_t port) {
    if (!engine_->bind(host, port)) {
        const int error = errno;
        throw std::system_error(error, std::generic_category(),
                                "cannot listen on " + host + ":" + std::to_string(port));
    }
    Descriptor listener(engine_->take_listener());
    const int flags = ::fcntl(listener.get(), F_GETFL);
    // The library listens with a backlog of 5; listening again changes it.
    if (::fcntl(listener.get(), F_SETFL, flags | O_NONBLOCK) != 0 ||
        ::fcntl(listener.get(), F_SETFD, FD_CLOEXEC) != 0 ||
        ::listen(listener.get(), limits::kHttpListenBacklog) != 0) {
        throw std::system_error(errno, std::generic_category(), "cannot listen on " + host);
    }
    return listener;
}

std::string Library::reply(const Request& request, const Handler& handler, bool keep_alive) {
    Exchange exchange{request, handler, nullptr};
    current_exchange = &exchange;
    auto bytes = engine_->write_reply(request.method, keep_alive);
    if (exchange.failure) std::rethrow_exception(exchange.failure);
    return bytes;
}

}  // namespace wharf::http
