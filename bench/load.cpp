#include "bench/load.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

namespace wharf::bench {
namespace {

using Clock = std::chrono::steady_clock;

std::runtime_error system_fault(const char* what) {
    return std::runtime_error(std::string(what) + ": " + std::generic_category().message(errno));
}

std::uint16_t port_of(const std::string& url) {
    std::uint16_t port = 0;
    const auto colon = url.rfind(':');
    std::from_chars(url.data() + colon + 1, url.data() + url.size(), port);
    return port;
}

class Connection {
public:
    explicit Connection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        if (socket_ < 0) throw system_fault("socket");
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
            throw system_fault("connect");
        }
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    Connection(Connection&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
    ~Connection() {
        if (socket_ >= 0) ::close(socket_);
    }

    [[nodiscard]] int socket() const { return socket_; }
    [[nodiscard]] const std::string& reply() const { return reply_; }
    [[nodiscard]] Clock::time_point sent_at() const { return sent_at_; }

    void send(std::string_view bytes) {
        reply_.clear();
        sent_at_ = Clock::now();
        while (!bytes.empty()) {
            const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent < 0) throw system_fault("send");
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    // True when the reply is whole.
    bool receive() {
        char buffer[64 * 1024];
        const auto got = ::recv(socket_, buffer, sizeof buffer, 0);
        if (got <= 0) throw system_fault("the server closed a connection");
        reply_.append(buffer, static_cast<std::size_t>(got));
        const auto head = reply_.find("\r\n\r\n");
        return head != std::string::npos && reply_.size() >= head + 4 + length(head);
    }

private:
    [[nodiscard]] std::size_t length(std::size_t head) const {
        static constexpr std::string_view kName = "\r\ncontent-length: ";
        const auto found = std::search(
            reply_.begin(), reply_.begin() + static_cast<std::ptrdiff_t>(head), kName.begin(),
            kName.end(), [](char a, char b) { return (a | 0x20) == (b | 0x20); });
        std::size_t length = 0;
        const char* begin = reply_.data() + (found - reply_.begin()) + kName.size();
        std::from_chars(begin, reply_.data() + head, length);
        return length;
    }

    int socket_;
    std::string reply_;
    Clock::time_point sent_at_;
};

class Run {
public:
    explicit Run(const Load& load) : load_(load), epoll_(::epoll_create1(0)) {
        if (epoll_ < 0) throw system_fault("epoll");
        for (int i = 0; i < load.connections; ++i) connections_.emplace_back(port_of(load.url));
        for (std::size_t i = 0; i < connections_.size(); ++i) {
            epoll_event event{};
            event.events = EPOLLIN;
            event.data.u64 = i;
            ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connections_[i].socket(), &event);
        }
        for (const auto& door : load.doors) heads_.push_back(head_of(door));
    }
    Run(const Run&) = delete;
    Run& operator=(const Run&) = delete;
    ~Run() { ::close(epoll_); }

    LoadResult run() {
        const auto start = Clock::now();
        end_ = start + std::chrono::duration_cast<Clock::duration>(
                           std::chrono::duration<double>(load_.seconds));
        for (auto& connection : connections_) {
            if (more()) send(connection);
        }
        while (under_way_ > 0) take_some();
        result_.seconds = std::chrono::duration<double>(Clock::now() - start).count();
        read_times();
        return std::move(result_);
    }

private:
    [[nodiscard]] std::string head_of(const Door& door) const {
        auto head = load_.method + " " + door.path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
        if (!door.key.empty()) head += "Authorization: Bearer " + door.key + "\r\n";
        return head + "Content-Type: application/json\r\nContent-Length: ";
    }

    [[nodiscard]] bool more() const {
        return load_.requests > 0 ? sent_ < load_.requests : Clock::now() < end_;
    }

    void send(Connection& connection) {
        body_.clear();
        if (load_.body) load_.body(sent_, body_);
        message_ = heads_[sent_ % heads_.size()];
        ++sent_;
        ++under_way_;
        message_ += std::to_string(body_.size());
        message_ += "\r\n\r\n";
        message_ += body_;
        connection.send(message_);
    }

    void take_some() {
        epoll_event events[256];
        const int ready = ::epoll_wait(epoll_, events, 256, -1);
        for (int i = 0; i < ready; ++i) {
            auto& connection = connections_[events[i].data.u64];
            if (!connection.receive()) continue;
            --under_way_;
            note(connection);
            if (more()) send(connection);
        }
    }

    void note(const Connection& connection) {
        ++result_.requests;
        times_.push_back(
            std::chrono::duration<float, std::milli>(Clock::now() - connection.sent_at()).count());
        if (connection.reply().compare(8, 2, " 2") == 0) return;
        if (result_.failures++ == 0) result_.first_failure = connection.reply();
    }

    void read_times() {
        if (times_.empty()) return;
        std::sort(times_.begin(), times_.end());
        result_.median_ms = times_[times_.size() / 2];
        result_.p99_ms = times_[times_.size() * 99 / 100];
    }

    const Load& load_;
    int epoll_;
    std::vector<Connection> connections_;
    std::vector<std::string> heads_;
    std::string body_;
    std::string message_;
    std::vector<float> times_;
    std::uint64_t sent_ = 0;
    std::uint64_t under_way_ = 0;
    Clock::time_point end_;
    LoadResult result_;
};

}  // namespace

LoadResult run_load(const Load& load) {
    auto result = Run(load).run();
    if (result.failures > 0) {
        throw std::runtime_error(std::to_string(result.failures) + " requests failed, the first: " +
                                 result.first_failure.substr(0, 2000));
    }
    return result;
}

}  // namespace wharf::bench
