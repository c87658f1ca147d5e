#include "host/plugins/plugin.hpp"

#include <wharf/refusal_json.hpp>

#include "host/plugins/entry.hpp"
#include "host/plugins/message.hpp"

namespace wharf::plugins {
namespace {

wharf_call c_call(const CallFrame& frame) {
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
    return call;
}

}  // namespace

std::string Plugin::call(const CallFrame& frame) const {
    if (frame.input.size() > WHARF_MESSAGE_BYTES_MAX) {
        throw Refusal(RefusalKind::too_large, "too_large",
                      "a message to a plugin is at most " +
                          std::to_string(WHARF_MESSAGE_BYTES_MAX) + " bytes long");
    }
    const wharf_call call = c_call(frame);
    MessageBuffer reply;
    wharf_status status = WHARF_FAULT;
    const std::string what = "\"" + std::string(frame.name) + "\" ";
    try {
        status = entry_->call(&call, reply.writer());
    } catch (
        ...) {  // forbidden by the contract; the stack is unwound to here, so the host is whole
        throw PluginFault(manifest_.name, what + "let an exception out");
    }
    if (reply.overflowed()) {
        throw PluginFault(manifest_.name, what + "answered with more than " +
                                              std::to_string(WHARF_MESSAGE_BYTES_MAX) + " bytes");
    }
    if (status == WHARF_OK) return reply.take();
    if (status == WHARF_REFUSED) throw refusal_from_json(reply.text());
    throw PluginFault(manifest_.name, what + "failed: " + detail_of(reply.text()));
}

}  // namespace wharf::plugins
