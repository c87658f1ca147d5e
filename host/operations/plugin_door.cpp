#include "host/operations/plugin_door.hpp"

#include <wharf/refusal.hpp>

#include "host/operations/plugin_entry.hpp"

namespace wharf::operations {
namespace {

const PluginFrame* frame_of(std::uint64_t token) {
    const auto* frame = current_frame();
    return frame != nullptr && frame->token == token ? frame : nullptr;
}

}  // namespace

std::string PluginDoor::call(std::uint64_t token, std::string_view operation,
                             std::string_view request) {
    const auto* frame = frame_of(token);
    if (frame == nullptr) {
        throw Refusal::forbidden("unknown_token",
                                 "the call that this token belongs to is over, or never was",
                                 "call the host on the thread of the call, before it returns");
    }
    return call_from_plugin(*frame, operation, request);
}

void PluginDoor::log(std::uint64_t token, plugins::LogLevel level, std::string_view text) {
    const auto* frame = frame_of(token);
    if (frame == nullptr) return;
    services_.log(static_cast<LogLevel>(level), "plugin:" + frame->entry.name(), text);
}

}  // namespace wharf::operations
