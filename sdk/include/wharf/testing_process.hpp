// The host's process that wharf/testing.hpp speaks with, line by line.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <string>

#include "wharf/refusal_json.hpp"

extern "C" char** environ;

namespace wharf::testing {

// Ends with its owner.
class HostProcess {
public:
    HostProcess(const std::string& program, const std::string& plugins) {
        start(program, plugins);
        try {
            refuse_blocked(read_line());
        } catch (...) {
            end();
            throw;
        }
    }
    HostProcess(const HostProcess&) = delete;
    HostProcess& operator=(const HostProcess&) = delete;
    ~HostProcess() { end(); }

    // The body of the answer. Throws the Refusal that it is, or std::runtime_error when the host is
    // gone, which a plugin that crashes makes it.
    boost::json::value ask(const boost::json::object& command) {
        write_line(boost::json::serialize(command));
        auto answer = boost::json::parse(read_line()).as_object();
        if (const auto* refusal = answer.if_contains("refusal")) {
            throw refusal_from_json(boost::json::serialize(*refusal));
        }
        return answer.at("body");
    }

private:
    void start(const std::string& program, const std::string& plugins) {
        std::array<int, 2> ends{-1, -1};
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
            throw std::runtime_error(std::string("no socket: ") + std::strerror(errno));
        }
        posix_spawn_file_actions_t actions;
        posix_spawn_file_actions_init(&actions);
        posix_spawn_file_actions_adddup2(&actions, ends[1], 0);
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
        std::array<std::string, 4> words{program, "test-host", "--plugins", plugins};
        std::array<char*, 5> arguments{words[0].data(), words[1].data(), words[2].data(),
                                       words[3].data(), nullptr};
        const int error =
            ::posix_spawn(&pid_, program.c_str(), &actions, nullptr, arguments.data(), environ);
        posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
        socket_ = ends[0];
        if (error != 0) {
            ::close(socket_);
            throw std::runtime_error("cannot start " + program + ": " + std::strerror(error));
        }
    }

    static void refuse_blocked(const std::string& line) {
        std::string blocked;
        const auto told = boost::json::parse(line);
        for (const auto& bundle : told.at("bundles").as_array()) {
            const auto& reason = bundle.at("blocked");
            if (reason.is_null()) continue;
            blocked += "\n  " + std::string(bundle.at("name").as_string().c_str()) + ": " +
                       reason.as_string().c_str();
        }
        if (!blocked.empty()) throw std::runtime_error("bundles are blocked:" + blocked);
    }

    void write_line(std::string line) {
        line += '\n';
        std::size_t done = 0;
        while (done < line.size()) {
            const auto put = ::send(socket_, line.data() + done, line.size() - done, MSG_NOSIGNAL);
            if (put < 0 && errno == EINTR) continue;
            if (put <= 0) throw std::runtime_error("the host is gone");
            done += static_cast<std::size_t>(put);
        }
    }

    std::string read_line() {
        while (true) {
            const auto end = read_.find('\n');
            if (end != std::string::npos) {
                auto line = read_.substr(0, end);
                read_.erase(0, end + 1);
                return line;
            }
            std::array<char, 65536> piece{};
            const auto got = ::recv(socket_, piece.data(), piece.size(), 0);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) throw std::runtime_error("the host ended; its last words are above");
            read_.append(piece.data(), static_cast<std::size_t>(got));
        }
    }

    // It ends when its input does.
    void end() noexcept {
        if (pid_ <= 0) return;
        ::close(socket_);
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        pid_ = -1;
    }

    pid_t pid_ = -1;
    int socket_ = -1;
    std::string read_;
};

}  // namespace wharf::testing
