// The way into one loaded plugin. Two ways lead there, and a plugin cannot tell them apart:
// straight through its C entry, or as bytes to a process of its own.
#pragma once

#include <wharf_abi.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace wharf::plugins {

// One call into a plugin. The views must stay valid until the call returns.
struct CallFrame {
    wharf_call_kind kind = WHARF_CALL_OPERATION;
    std::uint64_t token = 0;   // names the unit of work; never used twice
    std::uint64_t id = 0;      // of this call, unique in the process
    std::uint64_t parent = 0;  // the call that led to this one, or 0
    std::int64_t deadline_us = 0;
    std::string_view name;
    std::string_view context;  // JSON
    std::string_view input;    // JSON
};

// What the plugin's side made of a call. A fault's reply may say why: {"detail": "..."}.
struct CallOutcome {
    wharf_status status = WHARF_FAULT;
    bool overflowed = false;  // the reply passed WHARF_MESSAGE_BYTES_MAX
    bool threw = false;       // it let an exception out
    std::string reply;
};

// Threads: call() from any, at the same time.
class Caller {
public:
    Caller() = default;
    Caller(const Caller&) = delete;
    Caller& operator=(const Caller&) = delete;
    virtual ~Caller() = default;

    [[nodiscard]] virtual CallOutcome call(const CallFrame& frame) const = 0;
};

// Enters the plugin through its entry, in this process and on this thread. An exception that comes
// out, which the contract forbids, has unwound the stack to here, so this side is whole.
[[nodiscard]] CallOutcome call_entry(const wharf_plugin_entry_v1& entry, const CallFrame& frame);

}  // namespace wharf::plugins
