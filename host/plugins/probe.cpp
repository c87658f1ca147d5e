#include "host/plugins/probe.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include "host/limits.hpp"
#include "host/plugins/blocked.hpp"
#include "host/plugins/child_process.hpp"
#include "host/plugins/probe_wire.hpp"

namespace wharf::plugins {
namespace {

using Clock = std::chrono::steady_clock;

[[noreturn]] void block(std::string reason) {
    throw Blocked{Step::probe, std::move(reason)};
}

std::pair<Descriptor, Descriptor> make_pipe() {
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        block("no pipe: " + std::generic_category().message(errno));
    }
    return {Descriptor(ends[0]), Descriptor(ends[1])};
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

}  // namespace

std::string run_probe(int fd, const ProbeOptions& options) {
    const auto until = Clock::now() + options.timeout;
    const std::string late =
        "it did not come to an end within " + std::to_string(options.timeout.count()) + " ms";
    auto [ours, theirs] = make_pipe();
    ChildProcess child(Step::probe, {kProbeTask, options.program, fd, theirs.fd()});
    theirs.close();
    std::string answer;
    if (!read_answer(ours.fd(), until, answer)) block(late);
    const auto status = child.wait(until);
    if (!status) block(late);
    if (!WIFEXITED(*status) || WEXITSTATUS(*status) != 0 || answer.empty()) {
        block("loading it ended the probe with " + ending_text(*status));
    }
    if (answer.front() != kProbeDescribed) block(answer.substr(1));
    return answer.substr(1);
}

}  // namespace wharf::plugins
