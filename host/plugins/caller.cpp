#include "host/plugins/caller.hpp"

#include "host/plugins/message.hpp"

namespace wharf::plugins {

CallOutcome call_entry(const wharf_plugin_entry_v1& entry, const CallFrame& frame) {
    wharf_call call{};
    call.size = sizeof(wharf_call);
    call.kind = static_cast<std::uint32_t>(frame.kind);
    call.token = frame.token;
    call.id = frame.id;
    call.parent = frame.parent;
    call.deadline_us = frame.deadline_us;
    call.name = as_bytes(frame.name);
    call.context = as_bytes(frame.context);
    call.input = as_bytes(frame.input);
    MessageBuffer reply;
    CallOutcome outcome;
    try {
        outcome.status = entry.call(&call, reply.writer());
    } catch (...) {
        outcome.threw = true;
    }
    outcome.overflowed = reply.overflowed();
    outcome.reply = reply.take();
    return outcome;
}

}  // namespace wharf::plugins
