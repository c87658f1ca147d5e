// A loaded plugin: the one way by which the host enters foreign code.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "host/plugins/caller.hpp"
#include "host/plugins/manifest.hpp"

namespace wharf::plugins {

// The plugin broke: it answered with a fault, at too great length, or let an exception out. The
// text is for the log and for support, not for the client.
class PluginFault : public std::runtime_error {
public:
    PluginFault(std::string plugin, const std::string& detail)
        : std::runtime_error("plugin " + plugin + ": " + detail), plugin_(std::move(plugin)) {}
    [[nodiscard]] const std::string& plugin() const { return plugin_; }

private:
    std::string plugin_;
};

// Lives as long as the process: plugins are never unloaded.
// Threads: call() from any, at the same time.
class Plugin {
public:
    // Entered in this process. The entry lives as long.
    Plugin(Manifest manifest, const wharf_plugin_entry_v1& entry);
    Plugin(Manifest manifest, std::unique_ptr<const Caller> caller)
        : manifest_(std::move(manifest)), caller_(std::move(caller)) {}
    Plugin(const Plugin&) = delete;
    Plugin& operator=(const Plugin&) = delete;

    [[nodiscard]] const Manifest& manifest() const { return manifest_; }

    // Returns the reply's JSON. Throws the Refusal that the plugin answered with, or PluginFault.
    [[nodiscard]] std::string call(const CallFrame& frame) const;

private:
    Manifest manifest_;
    std::unique_ptr<const Caller> caller_;
};

}  // namespace wharf::plugins
