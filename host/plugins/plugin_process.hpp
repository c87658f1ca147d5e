// One process that runs one plugin, and the socket to it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "host/plugins/child_process.hpp"
#include "host/plugins/pipe_message.hpp"

namespace wharf::plugins {

// Threads: one at a time.
class PluginProcess {
public:
    // Starts it and waits until the plugin runs in it. Throws Blocked `start`.
    PluginProcess(int plugin_fd, const std::filesystem::path& program);
    PluginProcess(const PluginProcess&) = delete;
    PluginProcess& operator=(const PluginProcess&) = delete;
    // Ends it.
    ~PluginProcess();

    // What could not be told is noticed by the next hear().
    void tell(const PipeMessage& message);
    // The next message. Nothing once the process is gone; one that says nothing for longer than any
    // call may take is ended.
    [[nodiscard]] std::optional<PipeMessage> hear();

    [[nodiscard]] bool lives() const { return child_.lives(); }
    void end();
    // How it ended: "its process ended with SIGABRT". Precondition: hear() gave nothing.
    [[nodiscard]] const std::string& ending() const { return ending_; }

private:
    PluginProcess(int plugin_fd, const std::filesystem::path& program,
                  std::pair<Descriptor, Descriptor> sockets);

    Descriptor socket_;
    ChildProcess child_;
    std::string ending_;
};

}  // namespace wharf::plugins
