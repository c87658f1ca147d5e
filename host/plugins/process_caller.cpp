#include "host/plugins/process_caller.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "host/limits.hpp"
#include "host/plugins/blocked.hpp"
#include "host/plugins/door.hpp"
#include "host/plugins/message.hpp"
#include "host/plugins/pipe_message.hpp"
#include "host/plugins/plugin_process.hpp"

namespace wharf::plugins {
namespace {

// The processes that calls of this thread are in, innermost last: an operation that leads back to a
// plugin goes on in the process that asked for it.
struct InUse {
    const ProcessCaller* caller;
    PluginProcess* process;
};
thread_local std::vector<InUse> in_use;

PluginProcess* process_in_use(const ProcessCaller* caller) {
    const auto found = std::find_if(in_use.rbegin(), in_use.rend(),
                                    [&](const InUse& one) { return one.caller == caller; });
    return found == in_use.rend() ? nullptr : found->process;
}

void answer_host_call(PluginProcess& process, const PipeMessage& asked) {
    MessageBuffer reply;
    const auto status = host_functions().call(asked.numbers[0], as_bytes(asked.texts[0]),
                                              as_bytes(asked.texts[1]), reply.writer());
    process.tell({PipeKind::reply, {static_cast<std::uint64_t>(status)}, {reply.take()}});
}

CallOutcome broken(PluginProcess& process) {
    return {WHARF_FAULT, false, false, "{\"detail\":\"" + process.ending() + "\"}"};
}

CallOutcome converse(PluginProcess& process, const CallFrame& frame) {
    process.tell({PipeKind::call,
                  {static_cast<std::uint64_t>(frame.kind), frame.token, frame.id, frame.parent,
                   static_cast<std::uint64_t>(frame.deadline_us)},
                  {std::string(frame.name), std::string(frame.context), std::string(frame.input)}});
    while (auto message = process.hear()) {
        switch (message->kind) {
            case PipeKind::answer:
                return {static_cast<wharf_status>(message->numbers[0]), message->numbers[1] != 0,
                        message->numbers[2] != 0, std::move(message->texts[0])};
            case PipeKind::host_call:
                answer_host_call(process, *message);
                break;
            case PipeKind::log:
                host_functions().log(message->numbers[0],
                                     static_cast<std::int32_t>(message->numbers[1]),
                                     as_bytes(message->texts[0]));
                break;
            default:
                process.end();
        }
    }
    return broken(process);
}

}  // namespace

// A process for the length of one call of this thread.
class ProcessCaller::Borrowed {
public:
    explicit Borrowed(const ProcessCaller& caller)
        : caller_(caller), process_(caller.take(in_use.empty())) {
        in_use.push_back({&caller, process_.get()});
    }
    Borrowed(const Borrowed&) = delete;
    Borrowed& operator=(const Borrowed&) = delete;
    ~Borrowed() {
        in_use.pop_back();
        caller_.give_back(std::move(process_));
    }
    PluginProcess& operator*() { return *process_; }

private:
    const ProcessCaller& caller_;
    std::unique_ptr<PluginProcess> process_;
};

ProcessCaller::ProcessCaller(int plugin_fd, std::filesystem::path program)
    : plugin_fd_(plugin_fd), program_(std::move(program)) {
    give_back(take(false));
}

ProcessCaller::~ProcessCaller() = default;

CallOutcome ProcessCaller::call(const CallFrame& frame) const {
    if (auto* process = process_in_use(this)) return converse(*process, frame);
    try {
        Borrowed process(*this);
        return converse(*process, frame);
    } catch (const Blocked& blocked) {
        return {WHARF_FAULT, false, false, blocked.reason};
    }
}

std::unique_ptr<PluginProcess> ProcessCaller::take(bool may_wait) const {
    {
        std::unique_lock lock(mutex_);
        // A thread that is inside a plugin already goes past the bound: what it would wait for may
        // wait for it.
        if (may_wait) {
            free_.wait(lock,
                       [this] { return !idle_.empty() || running_ < limits::kPluginProcessesMax; });
        }
        if (!idle_.empty()) {
            auto process = std::move(idle_.back());
            idle_.pop_back();
            return process;
        }
        ++running_;
    }
    try {
        return std::make_unique<PluginProcess>(plugin_fd_, program_);
    } catch (...) {
        give_back(nullptr);
        throw;
    }
}

void ProcessCaller::give_back(std::unique_ptr<PluginProcess> process) const {
    {
        std::lock_guard lock(mutex_);
        if (process && process->lives() && idle_.size() < limits::kIdlePluginProcessesMax) {
            idle_.push_back(std::move(process));
        } else {
            --running_;
        }
    }
    free_.notify_one();
}

}  // namespace wharf::plugins
