#include "host/plugins/pipe_message.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <wharf_abi.h>

#include <cerrno>
#include <cstddef>

namespace wharf::plugins {
namespace {

// Both ends are the same program on the same machine, so the layout is the machine's own.
struct Head {
    std::uint64_t kind;
    std::uint64_t numbers[5];
    std::uint64_t lengths[3];
};

// A message of the door, and the account's facts beside it.
constexpr std::uint64_t kTextBytesMax = std::uint64_t{WHARF_MESSAGE_BYTES_MAX} * 2;

bool put(int fd, const void* bytes, std::size_t size) {
    const auto* at = static_cast<const char*>(bytes);
    while (size > 0) {
        const auto sent = ::send(fd, at, size, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        at += sent;
        size -= static_cast<std::size_t>(sent);
    }
    return true;
}

bool take(int fd, void* bytes, std::size_t size) {
    auto* at = static_cast<char*>(bytes);
    while (size > 0) {
        const auto got = ::recv(fd, at, size, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        at += got;
        size -= static_cast<std::size_t>(got);
    }
    return true;
}

bool comes(int fd, int wait_ms) {
    pollfd item{fd, POLLIN, 0};
    int ready = 0;
    do {
        ready = ::poll(&item, 1, wait_ms);
    } while (ready < 0 && errno == EINTR);
    return ready > 0;
}

}  // namespace

bool send(int fd, const PipeMessage& message) {
    Head head{static_cast<std::uint64_t>(message.kind), {}, {}};
    for (std::size_t i = 0; i < message.numbers.size(); ++i) head.numbers[i] = message.numbers[i];
    for (std::size_t i = 0; i < message.texts.size(); ++i) {
        head.lengths[i] = message.texts[i].size();
    }
    // One piece: a small message is one packet and one waking of the other side.
    std::string bytes(reinterpret_cast<const char*>(&head), sizeof head);
    for (const auto& text : message.texts) bytes += text;
    return put(fd, bytes.data(), bytes.size());
}

std::optional<PipeMessage> receive(int fd, int wait_ms) {
    Head head{};
    if (!comes(fd, wait_ms) || !take(fd, &head, sizeof head)) return std::nullopt;
    if (head.kind < 1 || head.kind > static_cast<std::uint64_t>(PipeKind::log)) return std::nullopt;
    PipeMessage message;
    message.kind = static_cast<PipeKind>(head.kind);
    for (std::size_t i = 0; i < message.numbers.size(); ++i) message.numbers[i] = head.numbers[i];
    for (std::size_t i = 0; i < message.texts.size(); ++i) {
        if (head.lengths[i] > kTextBytesMax) return std::nullopt;
        message.texts[i].resize(head.lengths[i]);
        if (!take(fd, message.texts[i].data(), head.lengths[i])) return std::nullopt;
    }
    return message;
}

}  // namespace wharf::plugins
