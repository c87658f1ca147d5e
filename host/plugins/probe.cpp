#include "host/plugins/probe.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "host/limits.hpp"
#include "host/plugins/blocked.hpp"
#include "host/plugins/probe_wire.hpp"

namespace wharf::plugins {
namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void block(std::string reason) {
    throw Blocked{Step::probe, std::move(reason)};
}

std::string error_text(int error) {
    return std::generic_category().message(error);
}

struct Pipe {
    Pipe() {
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) block("no pipe: " + error_text(errno));
    }
    ~Pipe() {
        close_write_end();
        ::close(ends[0]);
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    void close_write_end() {
        if (ends[1] >= 0) ::close(std::exchange(ends[1], -1));
    }
    std::array<int, 2> ends{-1, -1};
};

// By its number: the header of glibc 2.36 that declares the function does so for C only.
int open_pidfd(pid_t pid) {
    return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
}

// The child, in a process group of its own; ended and collected by the destructor at the latest.
class Child {
public:
    explicit Child(pid_t pid) : pid_(pid), pidfd_(open_pidfd(pid)) {}
    ~Child() {
        if (!collected_) {
            ::kill(-pid_, SIGKILL);
            ::kill(pid_, SIGKILL);
            collect();
        }
        if (pidfd_ >= 0) ::close(pidfd_);
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    [[nodiscard]] int pidfd() const { return pidfd_; }
    // Its wait status; blocks until it has ended.
    int collect() {
        int status = 0;
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        collected_ = true;
        ::kill(-pid_, SIGKILL);  // whatever it may have started
        return status;
    }

private:
    pid_t pid_;
    int pidfd_;
    bool collected_ = false;
};

// A copy numbered above those that the child uses, so that no dup2 overwrites a source.
int above_wire(int fd) {
    const int copy = ::fcntl(fd, F_DUPFD_CLOEXEC, 10);
    if (copy < 0) block("no descriptor: " + error_text(errno));
    return copy;
}

pid_t spawn(int plugin_fd, int answer_fd, const std::filesystem::path& program) {
    const int plugin = above_wire(plugin_fd);
    const int answer = above_wire(answer_fd);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    posix_spawn_file_actions_adddup2(&actions, plugin, kProbePluginFd);
    posix_spawn_file_actions_adddup2(&actions, answer, kProbeAnswerFd);
    posix_spawn_file_actions_addclosefrom_np(&actions, kProbeAnswerFd + 1);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setpgroup(&attributes, 0);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);

    std::string name = program.string();
    std::string task = kProbeTask;
    std::string version = program_version();
    std::string number = std::to_string(kProbePluginFd);
    std::array<char*, 5> arguments{name.data(), task.data(), version.data(), number.data(),
                                   nullptr};
    pid_t pid = -1;
    const int error =
        ::posix_spawn(&pid, name.c_str(), &actions, &attributes, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    ::close(plugin);
    ::close(answer);
    if (error != 0) block("the probe could not be started: " + error_text(error));
    return pid;
}

// Waits until the descriptor can be read; false when the time is over.
bool wait_readable(int fd, Clock::time_point until) {
    while (true) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
        pollfd item{fd, POLLIN, 0};
        const int ready = ::poll(&item, 1, static_cast<int>(std::max<long long>(left, 0)));
        if (ready > 0) return true;
        if (ready == 0 && left <= 0) return false;
        if (ready < 0 && errno != EINTR) block("waiting failed: " + error_text(errno));
    }
}

// Everything until the child closes its end; false when the time is over.
bool read_answer(int fd, Clock::time_point until, std::string& answer) {
    std::array<char, 65536> piece{};
    while (wait_readable(fd, until)) {
        const ssize_t got = ::read(fd, piece.data(), piece.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return true;
        if (answer.size() + static_cast<std::size_t>(got) > limits::kManifestBytesMax + 1) {
            block("it answers at too great length");
        }
        answer.append(piece.data(), static_cast<std::size_t>(got));
    }
    return false;
}

std::string ending(int status) {
    if (WIFSIGNALED(status)) {
        const char* name = ::sigabbrev_np(WTERMSIG(status));
        return "loading it ended the probe with SIG" + std::string(name == nullptr ? "?" : name);
    }
    return "loading it ended the probe with exit code " + std::to_string(WEXITSTATUS(status));
}

}  // namespace

std::string run_probe(int fd, const ProbeOptions& options) {
    const auto until = Clock::now() + options.timeout;
    const std::string late =
        "it did not come to an end within " + std::to_string(options.timeout.count()) + " ms";
    Pipe pipe;
    Child child(spawn(fd, pipe.ends[1], options.program));
    pipe.close_write_end();
    std::string answer;
    if (!read_answer(pipe.ends[0], until, answer)) block(late);
    if (!wait_readable(child.pidfd(), until)) block(late);
    const int status = child.collect();
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || answer.empty()) block(ending(status));
    if (answer.front() != kProbeDescribed) block(answer.substr(1));
    return answer.substr(1);
}

}  // namespace wharf::plugins
