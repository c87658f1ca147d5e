// A child that runs the program `wharf-plugin`: started with two descriptors and nothing else of
// the host's, in a process group of its own, so that a signal from the terminal reaches the host
// alone.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "host/plugins/blocked.hpp"

namespace wharf::plugins {

// Owns an open descriptor.
class Descriptor {
public:
    explicit Descriptor(int fd = -1) : fd_(fd) {}
    ~Descriptor() { close(); }
    Descriptor(Descriptor&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor& operator=(Descriptor&&) = delete;

    [[nodiscard]] int fd() const { return fd_; }
    void close();

private:
    int fd_;
};

// What a child ended with: "SIGABRT", "exit code 3".
[[nodiscard]] std::string ending_text(int wait_status);

// Threads: one at a time.
class ChildProcess {
public:
    struct Start {
        const char* task;  // of plugin_program.hpp
        std::filesystem::path program;
        int plugin_fd;  // the child's kPluginFd
        int host_fd;    // the child's kHostFd; the caller closes its own copy
    };
    // Throws Blocked `step` when it could not be started.
    ChildProcess(Step step, const Start& start);
    // Ends it, if it lives.
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    [[nodiscard]] bool lives() const { return pid_ > 0; }
    // Its wait status once it has ended by itself; nothing while it lives on.
    [[nodiscard]] std::optional<int> wait(std::chrono::steady_clock::time_point until);
    // Ends it and whatever it has started.
    void kill();

private:
    int collect();

    pid_t pid_ = -1;
    Descriptor pidfd_;
};

// Waits until the descriptor can be read; false when the time is over.
[[nodiscard]] bool wait_readable(int fd, std::chrono::steady_clock::time_point until);

}  // namespace wharf::plugins
