// A loaded plugin: the one way by which the host enters foreign code.
#pragma once

#include <wharf_abi.h>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "host/plugins/manifest.hpp"

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
    Plugin(Manifest manifest, const wharf_plugin_entry_v1& entry)
        : manifest_(std::move(manifest)), entry_(&entry) {}
    Plugin(const Plugin&) = delete;
    Plugin& operator=(const Plugin&) = delete;

    [[nodiscard]] const Manifest& manifest() const { return manifest_; }

    // Returns the reply's JSON. Throws the Refusal that the plugin answered with, or PluginFault.
    [[nodiscard]] std::string call(const CallFrame& frame) const;

private:
    Manifest manifest_;
    const wharf_plugin_entry_v1* entry_;
};

}  // namespace wharf::plugins
