#include "host/plugins/door.hpp"

#include <wharf/refusal_json.hpp>

#include <algorithm>
#include <atomic>
#include <exception>

#include "host/plugins/message.hpp"

namespace wharf::plugins {
namespace {

std::atomic<HostDoor*>& door() {
    static std::atomic<HostDoor*> instance{nullptr};
    return instance;
}

wharf_status write(wharf_writer* reply, wharf_status status, const std::string& text) {
    return reply->write(reply->state, text.data(), text.size()) == 0 ? status : WHARF_FAULT;
}

std::string call_through(std::uint64_t token, wharf_bytes operation, wharf_bytes request) {
    HostDoor* open = door().load(std::memory_order_acquire);
    if (open == nullptr) throw Refusal::unavailable("unavailable", "the host is not open yet");
    return open->call(token, as_text(operation), as_text(request));
}

wharf_status host_call(std::uint64_t token, wharf_bytes operation, wharf_bytes request,
                       wharf_writer* reply) noexcept {
    if (reply == nullptr || reply->write == nullptr) return WHARF_FAULT;
    try {
        return write(reply, WHARF_OK, call_through(token, operation, request));
    } catch (const Refusal& refusal) {
        try {
            return write(reply, WHARF_REFUSED, refusal_to_json(refusal));
        } catch (...) {
            return WHARF_FAULT;
        }
    } catch (...) {
        return WHARF_FAULT;
    }
}

void host_log(std::uint64_t token, std::int32_t level, wharf_bytes text) noexcept {
    try {
        HostDoor* open = door().load(std::memory_order_acquire);
        if (open == nullptr) return;
        open->log(token, static_cast<LogLevel>(std::clamp(level, 0, 3)), as_text(text));
    } catch (...) {  // a lost log line is no reason to end a unit of work
    }
}

}  // namespace

void open_door(HostDoor& opened) {
    door().store(&opened, std::memory_order_release);
}

void close_door() {
    door().store(nullptr, std::memory_order_release);
}

const wharf_host& host_functions() {
    static const wharf_host functions{sizeof(wharf_host), WHARF_ABI_LEVEL, &host_call, &host_log};
    return functions;
}

}  // namespace wharf::plugins
