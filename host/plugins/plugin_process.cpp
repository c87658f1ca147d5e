#include "host/plugins/plugin_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <system_error>
#include <thread>
#include <utility>

#include "host/limits.hpp"
#include "host/plugins/blocked.hpp"
#include "host/plugins/plugin_program.hpp"
#include "host/plugins/runner.hpp"

namespace wharf::plugins {
namespace {

[[noreturn]] void block(const std::string& what) {
    throw Blocked{Step::start, what + ": " + std::generic_category().message(errno)};
}

// Owns a descriptor while a process is being started.
struct Held {
    explicit Held(int value) : fd(value) {
        if (fd < 0) block("no descriptor");
    }
    ~Held() { close(); }
    void close() {
        if (fd >= 0) ::close(std::exchange(fd, -1));
    }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    int fd;
};

pid_t spawn(int plugin_fd, int socket_fd, const std::filesystem::path& program) {
    // Numbered above those that the child uses, so that no dup2 overwrites a source.
    const Held plugin(::fcntl(plugin_fd, F_DUPFD_CLOEXEC, 10));
    const Held socket(::fcntl(socket_fd, F_DUPFD_CLOEXEC, 10));
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, plugin.fd, kRunnerPluginFd);
    posix_spawn_file_actions_adddup2(&actions, socket.fd, kRunnerSocketFd);
    posix_spawn_file_actions_addclosefrom_np(&actions, kRunnerSocketFd + 1);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    // A group of its own: a signal from the terminal is for the host, which ends its plugins.
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
    posix_spawnattr_setpgroup(&attributes, 0);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    std::string name = program.string();
    std::string task = kRunTask;
    std::string version = program_version();
    std::array<char*, 4> arguments{name.data(), task.data(), version.data(), nullptr};
    pid_t pid = -1;
    const int error =
        ::posix_spawn(&pid, name.c_str(), &actions, &attributes, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    if (error != 0) {
        errno = error;
        block("the plugin's process could not be started");
    }
    return pid;
}

std::string ending_of(int status) {
    if (WIFSIGNALED(status)) {
        const char* name = ::sigabbrev_np(WTERMSIG(status));
        return "its process ended with SIG" + std::string(name == nullptr ? "?" : name);
    }
    return "its process ended with exit code " + std::to_string(WEXITSTATUS(status));
}

}  // namespace

PluginProcess::PluginProcess(int plugin_fd, const std::filesystem::path& program) {
    std::array<int, 2> ends{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) block("no socket");
    Held theirs(ends[1]);
    socket_ = ends[0];
    try {
        pid_ = spawn(plugin_fd, theirs.fd, program);
    } catch (...) {
        ::close(socket_);
        throw;
    }
    theirs.close();
    const auto message = hear();
    std::string reason;
    if (!message || message->kind != PipeKind::started) {
        reason = ending_.empty() ? "its process did not start" : ending_;
    } else {
        reason = message->texts[0];
    }
    if (reason.empty()) return;
    end();
    ::close(socket_);
    throw Blocked{Step::start, reason};
}

PluginProcess::~PluginProcess() {
    end();
    if (socket_ >= 0) ::close(socket_);
}

void PluginProcess::tell(const PipeMessage& message) {
    if (lives()) static_cast<void>(send(socket_, message));
}

std::optional<PipeMessage> PluginProcess::hear() {
    if (!lives()) return std::nullopt;
    auto message = receive(
        socket_,
        static_cast<int>(std::chrono::milliseconds(limits::kPluginProcessSilenceMax).count()));
    if (!message) end();
    return message;
}

// Its own end, when it has come to one, is the reason that is told.
void PluginProcess::end() {
    if (!lives()) return;
    ::shutdown(socket_, SHUT_RDWR);
    // An idle one ends when its socket does; one that hangs is not waited for.
    constexpr int kLooks = 50;
    int status = 0;
    auto collected = ::waitpid(pid_, &status, WNOHANG);
    for (int i = 0; i < kLooks && collected == 0; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        collected = ::waitpid(pid_, &status, WNOHANG);
    }
    if (collected == 0) {
        ::kill(-pid_, SIGKILL);
        ::kill(pid_, SIGKILL);
        while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
        }
        ending_ = "its process did not answer and was ended";
    } else {
        ending_ = ending_of(status);
    }
    pid_ = -1;
}

}  // namespace wharf::plugins
