// What the host and a plugin's process say to each other: one message after another on a socket,
// numbers and texts only. Nothing of either side's memory can be named in it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace wharf::plugins {

// The kind says what the parts are; unused ones are zero and empty.
enum class PipeKind : std::uint8_t {
    started = 1,  // plugin: it runs. texts: {what blocks it, or empty}
    call = 2,     // host: numbers {kind, token, id, parent, deadline}, texts {name, context, input}
    answer = 3,   // plugin: numbers {status, overflowed, threw}, texts {reply}
    host_call = 4,  // plugin: numbers {token}, texts {operation, request}
    reply = 5,      // host: numbers {status}, texts {reply}
    log = 6,        // plugin: numbers {token, level}, texts {line}
};

struct PipeMessage {
    PipeKind kind = PipeKind::started;
    std::array<std::uint64_t, 5> numbers{};
    std::array<std::string, 3> texts{};
};

// False when the other side is gone.
[[nodiscard]] bool send(int fd, const PipeMessage& message);

// The next message; nothing when the other side is gone, when what came is none, or when nothing
// came for so many milliseconds (-1: for ever).
[[nodiscard]] std::optional<PipeMessage> receive(int fd, int wait_ms = -1);

}  // namespace wharf::plugins
