// The plugin's side of a process of its own. One thread serves calls; while the plugin waits for
// the host, the host may call it again (an operation that leads back to it), which is served first.
#include "host/plugins/runner.hpp"

#include <dlfcn.h>
#include <poll.h>
#include <unistd.h>

#include <string>
#include <thread>

#include "host/plugins/blocked.hpp"
#include "host/plugins/caller.hpp"
#include "host/plugins/entry.hpp"
#include "host/plugins/message.hpp"
#include "host/plugins/pipe_message.hpp"
#include "host/plugins/plugin_program.hpp"
#include "host/plugins/sealed_file.hpp"

namespace wharf::plugins {
namespace {

const wharf_plugin_entry_v1* served = nullptr;

// Nothing of the plugin's runs any more: its destructors are nobody's business.
[[noreturn]] void leave() {
    ::_exit(0);
}

void tell(const PipeMessage& message) {
    if (!send(kHostFd, message)) leave();
}

CallOutcome outcome_of(const PipeMessage& call) {
    const CallFrame frame{static_cast<wharf_call_kind>(call.numbers[0]),
                          call.numbers[1],
                          call.numbers[2],
                          call.numbers[3],
                          static_cast<std::int64_t>(call.numbers[4]),
                          call.texts[0],
                          call.texts[1],
                          call.texts[2]};
    return call_entry(*served, frame);
}

void serve(const PipeMessage& call) {
    auto outcome = outcome_of(call);
    if (outcome.overflowed) outcome.reply.clear();
    tell({PipeKind::answer,
          {static_cast<std::uint64_t>(outcome.status), outcome.overflowed ? 1U : 0U,
           outcome.threw ? 1U : 0U},
          {std::move(outcome.reply)}});
}

// Serves what comes until the host replies.
PipeMessage reply_of_host() {
    while (true) {
        auto message = receive(kHostFd);
        if (!message) leave();
        if (message->kind == PipeKind::reply) return std::move(*message);
        if (message->kind == PipeKind::call) serve(*message);
    }
}

wharf_status call_host(std::uint64_t token, wharf_bytes operation, wharf_bytes request,
                       wharf_writer* reply) noexcept {
    if (reply == nullptr || reply->write == nullptr) return WHARF_FAULT;
    try {
        tell({PipeKind::host_call,
              {token},
              {std::string(as_text(operation)), std::string(as_text(request))}});
        const auto answer = reply_of_host();
        const auto& text = answer.texts[0];
        if (reply->write(reply->state, text.data(), text.size()) != 0) return WHARF_FAULT;
        return static_cast<wharf_status>(answer.numbers[0]);
    } catch (...) {
        return WHARF_FAULT;
    }
}

void log_to_host(std::uint64_t token, std::int32_t level, wharf_bytes text) noexcept {
    try {
        tell({PipeKind::log,
              {token, static_cast<std::uint64_t>(static_cast<std::uint32_t>(level))},
              {std::string(as_text(text))}});
    } catch (...) {  // a lost log line is no reason to end anything
    }
}

const wharf_host& functions_of_host() {
    static const wharf_host functions{sizeof(wharf_host), WHARF_ABI_LEVEL, &call_host,
                                      &log_to_host};
    return functions;
}

void load() {
    const std::string path = descriptor_path(kPluginFd).string();
    void* library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr)
        throw Blocked{Step::load, "it cannot be loaded in a process of its own"};
    const void* symbol = ::dlsym(library, WHARF_ENTRY_SYMBOL);
    if (symbol == nullptr) throw Blocked{Step::load, "it does not export " WHARF_ENTRY_SYMBOL};
    served = static_cast<const wharf_plugin_entry_v1*>(symbol);
    check_entry(*served, Step::load);
    start(*served, functions_of_host(), Step::start);
}

// A plugin that never returns must not outlive its host.
void leave_with_the_host() {
    std::thread([] {
        pollfd item{kHostFd, POLLRDHUP, 0};
        while (::poll(&item, 1, -1) <= 0) {
        }
        leave();
    }).detach();
}

}  // namespace

int runner_main(const std::string& reason) {
    leave_with_the_host();
    try {
        if (!reason.empty()) throw Blocked{Step::start, reason};
        load();
        tell({PipeKind::started, {}, {}});
    } catch (const Blocked& blocked) {
        tell({PipeKind::started, {}, {blocked.reason}});
        leave();
    }
    while (auto message = receive(kHostFd)) {
        if (message->kind == PipeKind::call) serve(*message);
    }
    leave();
}

}  // namespace wharf::plugins
