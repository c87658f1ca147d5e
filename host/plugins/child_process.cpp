#include "host/plugins/child_process.hpp"

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

#include "host/plugins/plugin_program.hpp"

namespace wharf::plugins {
namespace {

using Clock = std::chrono::steady_clock;

std::string error_text(const std::string& what, int error) {
    return what + ": " + std::generic_category().message(error);
}

// A copy numbered above those that the child uses, so that no dup2 overwrites a source.
Descriptor above_wire(Step step, int fd) {
    Descriptor copy(::fcntl(fd, F_DUPFD_CLOEXEC, 10));
    if (copy.fd() < 0) throw Blocked{step, error_text("no descriptor", errno)};
    return copy;
}

pid_t spawn(Step step, const ChildProcess::Start& start) {
    const auto plugin = above_wire(step, start.plugin_fd);
    const auto host = above_wire(step, start.host_fd);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    posix_spawn_file_actions_adddup2(&actions, plugin.fd(), kPluginFd);
    posix_spawn_file_actions_adddup2(&actions, host.fd(), kHostFd);
    posix_spawn_file_actions_addclosefrom_np(&actions, kHostFd + 1);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setpgroup(&attributes, 0);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);

    std::string name = start.program.string();
    std::string task = start.task;
    std::string version = program_version();
    std::array<char*, 4> arguments{name.data(), task.data(), version.data(), nullptr};
    pid_t pid = -1;
    const int error =
        ::posix_spawn(&pid, name.c_str(), &actions, &attributes, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0) throw Blocked{step, error_text(name + " could not be started", error)};
    return pid;
}

// By its number: the header of glibc 2.36 that declares the function does so for C only.
int open_pidfd(pid_t pid) {
    return static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
}

}  // namespace

void Descriptor::close() {
    if (fd_ >= 0) ::close(std::exchange(fd_, -1));
}

std::string ending_text(int wait_status) {
    if (WIFSIGNALED(wait_status)) {
        const char* name = ::sigabbrev_np(WTERMSIG(wait_status));
        return "SIG" + std::string(name == nullptr ? "?" : name);
    }
    return "exit code " + std::to_string(WEXITSTATUS(wait_status));
}

ChildProcess::ChildProcess(Step step, const Start& start)
    : pid_(spawn(step, start)), pidfd_(open_pidfd(pid_)) {
    if (pidfd_.fd() >= 0) return;
    const auto reason = error_text("no descriptor", errno);
    kill();
    throw Blocked{step, reason};
}

ChildProcess::~ChildProcess() {
    kill();
}

std::optional<int> ChildProcess::wait(Clock::time_point until) {
    if (!lives() || !wait_readable(pidfd_.fd(), until)) return std::nullopt;
    return collect();
}

void ChildProcess::kill() {
    if (!lives()) return;
    ::kill(pid_, SIGKILL);
    collect();
}

int ChildProcess::collect() {
    // While it is not collected its number, and so its group's, is nobody else's.
    ::kill(-pid_, SIGKILL);
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return status;
}

bool wait_readable(int fd, Clock::time_point until) {
    while (true) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
        pollfd item{fd, POLLIN, 0};
        const int ready = ::poll(&item, 1, static_cast<int>(std::max<long long>(left, 0)));
        if (ready > 0) return true;
        if (ready == 0 && left <= 0) return false;
        if (ready < 0 && errno != EINTR) return false;
    }
}

}  // namespace wharf::plugins
