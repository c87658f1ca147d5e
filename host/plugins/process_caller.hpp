// Enters a plugin in processes of its own, so that no pointer and no crash passes between it and
// the host. A process serves one call at a time; as many run as calls come at once, up to a bound,
// and a few stay for the next. What a plugin remembers between calls is lost in turn, as it should
// be.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "host/plugins/caller.hpp"

namespace wharf::plugins {

class PluginProcess;

class ProcessCaller final : public Caller {
public:
    // `plugin_fd` is the sealed copy and stays open; `program` is the host's own, see runner.hpp.
    // Starts the first process; throws Blocked `load` or `start` when the plugin does not run in
    // it.
    ProcessCaller(int plugin_fd, std::filesystem::path program);
    ~ProcessCaller() override;

    [[nodiscard]] CallOutcome call(const CallFrame& frame) const override;

private:
    class Borrowed;

    [[nodiscard]] std::unique_ptr<PluginProcess> take(bool may_wait) const;
    void give_back(std::unique_ptr<PluginProcess> process) const;

    int plugin_fd_;
    std::filesystem::path program_;
    mutable std::mutex mutex_;
    mutable std::condition_variable free_;
    mutable std::vector<std::unique_ptr<PluginProcess>> idle_;
    mutable std::size_t running_ = 0;  // idle or at work
};

}  // namespace wharf::plugins
