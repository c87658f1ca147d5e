#include "host/plugins/plugin_process.hpp"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include "host/limits.hpp"
#include "host/plugins/blocked.hpp"
#include "host/plugins/plugin_program.hpp"

namespace wharf::plugins {
namespace {

std::pair<Descriptor, Descriptor> make_sockets() {
    std::array<int, 2> ends{-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
        throw Blocked{Step::start, "no socket: " + std::generic_category().message(errno)};
    }
    return {Descriptor(ends[0]), Descriptor(ends[1])};
}

// Why the plugin does not run in it; empty when it does.
std::string refusal_of(const std::optional<PipeMessage>& message, const std::string& ending) {
    if (message && message->kind == PipeKind::started) return message->texts[0];
    return ending.empty() ? "its process did not start" : ending;
}

}  // namespace

PluginProcess::PluginProcess(int plugin_fd, const std::filesystem::path& program)
    : PluginProcess(plugin_fd, program, make_sockets()) {}

PluginProcess::PluginProcess(int plugin_fd, const std::filesystem::path& program,
                             std::pair<Descriptor, Descriptor> sockets)
    : socket_(std::move(sockets.first)),
      child_(Step::start, {kRunTask, program, plugin_fd, sockets.second.fd()}) {
    sockets.second.close();
    const auto message = hear();
    if (auto reason = refusal_of(message, ending_); !reason.empty()) {
        end();
        throw Blocked{Step::start, std::move(reason)};
    }
}

PluginProcess::~PluginProcess() {
    end();
}

void PluginProcess::tell(const PipeMessage& message) {
    if (lives()) static_cast<void>(send(socket_.fd(), message));
}

std::optional<PipeMessage> PluginProcess::hear() {
    if (!lives()) return std::nullopt;
    auto message = receive(
        socket_.fd(),
        static_cast<int>(std::chrono::milliseconds(limits::kPluginProcessSilenceMax).count()));
    if (!message) end();
    return message;
}

// Its own end, when it has come to one, is the reason that is told.
void PluginProcess::end() {
    if (!lives()) return;
    ::shutdown(socket_.fd(), SHUT_RDWR);
    // An idle one ends when its socket does; one that hangs is not waited for.
    constexpr auto kPatience = std::chrono::milliseconds(50);
    const auto status = child_.wait(std::chrono::steady_clock::now() + kPatience);
    ending_ = status ? "its process ended with " + ending_text(*status)
                     : "its process did not answer and was ended";
    child_.kill();
}

}  // namespace wharf::plugins
