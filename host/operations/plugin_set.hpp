// The loaded plugins as the pipeline needs them: in dependency order, with their shapes read and
// their hooks found by name.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>
#include <wharf/shape.hpp>

#include "host/plugins/plugin.hpp"

namespace wharf::operations {

class Registry;

// Immutable after construction; lives as long as the host.
struct PluginEntry {
    const plugins::Plugin* plugin = nullptr;
    std::size_t rank = 0;  // in dependency order, then by name
    ShapePtr config;       // null when there is nothing to set
    std::unordered_map<std::string_view, const plugins::ReactionManifest*> reactions;
    struct CollectionEntry {
        const plugins::CollectionManifest* manifest;
        ShapePtr shape;  // null when the plugin does not tell
    };
    std::unordered_map<std::string_view, CollectionEntry> collections;
    std::unordered_map<std::string_view, ShapePtr> events;
    struct ReceiverEntry {
        const plugins::ReceiverManifest* manifest;
        ShapePtr shape;
    };
    std::unordered_map<std::string_view, ReceiverEntry> receivers;  // by the message's name
    std::unordered_set<std::string_view> guards;
    std::unordered_set<std::string_view> within;
    std::unordered_set<std::string_view> uses;

    [[nodiscard]] const plugins::Manifest& manifest() const { return plugin->manifest(); }
    [[nodiscard]] const std::string& name() const { return plugin->manifest().name; }
};

class PluginSet {
public:
    PluginSet() = default;
    // A plugin whose shapes cannot be read is left out and told in unusable().
    explicit PluginSet(const std::vector<const plugins::Plugin*>& plugins);
    PluginSet(const PluginSet&) = delete;
    PluginSet& operator=(const PluginSet&) = delete;

    [[nodiscard]] const PluginEntry* find(std::string_view name) const;
    // Those that others need come first, ties by name.
    [[nodiscard]] const std::vector<PluginEntry>& in_order() const { return entries_; }
    [[nodiscard]] const std::map<std::string, std::string>& unusable() const { return unusable_; }

    // Puts the operations of every plugin into the registry.
    void add_operations(Registry& registry) const;

private:
    std::vector<PluginEntry> entries_;
    std::map<std::string, std::string> unusable_;
};

}  // namespace wharf::operations
