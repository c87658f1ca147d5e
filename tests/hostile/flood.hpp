// Many connections that do as little as they can, fed by one thread, and what the program takes of
// memory meanwhile.
#pragma once

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "host/http/raw_client.hpp"

namespace wharf::tests {

// As many descriptors as the system lets this program have.
inline void allow_many_sockets() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

// A line of /proc/<pid>/status in MiB: "VmRSS" now, "VmHWM" at its highest so far.
inline double memory_mib(pid_t pid, const std::string& line) {
    std::ifstream status("/proc/" + std::to_string(pid) + "/status");
    for (std::string name; status >> name;) {
        long kib = 0;
        if (name == line + ":" && status >> kib) return static_cast<double>(kib) / 1024;
        std::getline(status, name);
    }
    return -1;
}

// Connections that each send `beginning` and then one byte of `drip` every quarter of a second, and
// never read. One that the program has cut is opened anew. They go with this object.
class SlowClients {
public:
    SlowClients(std::uint16_t port, std::size_t count, std::string beginning, char drip)
        : port_(port), beginning_(std::move(beginning)), drip_(drip), sockets_(count) {
        for (auto& socket : sockets_) open(socket);
        thread_ = std::thread([this] { work(); });
    }
    ~SlowClients() {
        stopping_ = true;
        thread_.join();
    }
    SlowClients(const SlowClients&) = delete;
    SlowClients& operator=(const SlowClients&) = delete;

    // How often the program has cut one.
    [[nodiscard]] int cut() const { return cut_; }

private:
    using Socket = std::unique_ptr<http::testing::RawClient>;

    void open(Socket& socket) {
        socket = std::make_unique<http::testing::RawClient>(port_);
        ::fcntl(socket->socket(), F_SETFL, O_NONBLOCK);
        std::string_view rest = beginning_;
        // What the program does not take at once is lost: it is slow enough as it is.
        while (!rest.empty()) {
            const auto count = ::send(socket->socket(), rest.data(), rest.size(), MSG_NOSIGNAL);
            if (count <= 0) return;
            rest.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    void work() {
        while (!stopping_) {
            std::this_thread::sleep_for(std::chrono::milliseconds(250));
            for (auto& socket : sockets_) {
                if (stopping_) return;
                if (drip_ == '\0' || ::send(socket->socket(), &drip_, 1, MSG_NOSIGNAL) == 1)
                    continue;
                if (errno == EAGAIN) continue;
                ++cut_;
                open(socket);
            }
        }
    }

    std::uint16_t port_;
    std::string beginning_;
    char drip_;
    std::vector<Socket> sockets_;
    std::atomic<int> cut_{0};
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

}  // namespace wharf::tests
