#include "host/operations/plugin_set.hpp"

#include <algorithm>
#include <memory>
#include <set>
#include <utility>
#include <wharf/schema.hpp>

#include "host/operations/plugin_entry.hpp"
#include "host/operations/registry.hpp"

namespace wharf::operations {
namespace {

// What stands in the journal, in events or in messages for others to read.
ShapePtr open_shape(const boost::json::value& schema, const std::string& what,
                    const char* pointer) {
    auto shape = shape_from_schema(schema);
    if (shape->holds_secret()) {
        throw Refusal::invalid(pointer, "secret_in_message",
                               what + " holds a secret; it is kept where others read it");
    }
    return shape;
}

PluginEntry read_entry(const plugins::Plugin& plugin) {
    const auto& manifest = plugin.manifest();
    PluginEntry entry;
    entry.plugin = &plugin;
    if (!manifest.config.is_null()) entry.config = shape_from_schema(manifest.config);
    for (const auto& operation : manifest.operations) {
        static_cast<void>(shape_from_schema(operation.request));
        static_cast<void>(shape_from_schema(operation.reply));
    }
    for (const auto& reaction : manifest.reactions) {
        entry.reactions.emplace(reaction.event, &reaction);
    }
    for (const auto& collection : manifest.collections) {
        entry.collections.emplace(
            collection.name,
            PluginEntry::CollectionEntry{&collection, collection.shape.is_null()
                                                          ? nullptr
                                                          : shape_from_schema(collection.shape)});
    }
    for (const auto& event : manifest.events) {
        entry.events.emplace(
            event.name,
            event.shape.is_null()
                ? std::make_shared<const Shape>()
                : open_shape(event.shape, "the event \"" + event.name + "\"", "/events"));
    }
    for (const auto& receiver : manifest.receives) {
        entry.receivers.emplace(
            receiver.message,
            PluginEntry::ReceiverEntry{
                &receiver, open_shape(receiver.shape, "the message \"" + receiver.message + "\"",
                                      "/receives")});
    }
    for (const auto& job : manifest.jobs) {
        static_cast<void>(
            open_shape(job.request, "the request of the job \"" + job.name + "\"", "/jobs"));
    }
    entry.guards.insert(manifest.guards.begin(), manifest.guards.end());
    entry.within.insert(manifest.within.begin(), manifest.within.end());
    entry.uses.insert(manifest.uses.begin(), manifest.uses.end());
    return entry;
}

bool needs_only(const PluginEntry& entry, const std::set<std::string>& placed,
                const std::set<std::string>& installed) {
    return std::all_of(entry.manifest().requires_plugins.begin(),
                       entry.manifest().requires_plugins.end(), [&](const auto& needed) {
                           return placed.contains(needed.plugin) ||
                                  !installed.contains(needed.plugin);
                       });
}

// Takes, as long as there is one, the first by name of which everything that it needs is placed. A
// circle of needs is broken at its first name: none of its members can be switched on anyway.
std::vector<PluginEntry> ordered(std::vector<PluginEntry> entries) {
    std::sort(entries.begin(), entries.end(),
              [](const auto& a, const auto& b) { return a.name() < b.name(); });
    std::set<std::string> installed;
    for (const auto& entry : entries) installed.insert(entry.name());
    std::set<std::string> placed;
    std::vector<PluginEntry> result;
    while (!entries.empty()) {
        auto next = std::find_if(entries.begin(), entries.end(), [&](const auto& entry) {
            return needs_only(entry, placed, installed);
        });
        if (next == entries.end()) next = entries.begin();
        placed.insert(next->name());
        next->rank = result.size();
        result.push_back(std::move(*next));
        entries.erase(next);
    }
    return result;
}

Operation described(const PluginEntry& entry, const plugins::OperationManifest& manifest) {
    Operation operation;
    operation.name = manifest.name;
    operation.access = manifest.access;
    operation.permission = manifest.permission;
    operation.method = manifest.method;
    operation.route =
        "/plugins/" + entry.name() + (manifest.path == "/" ? std::string() : manifest.path);
    operation.summary = manifest.summary;
    operation.success_status = manifest.success_status;
    operation.request = shape_from_schema(manifest.request);
    operation.reply = shape_from_schema(manifest.reply);
    operation.plugin = entry.name();
    operation.as_plugin = manifest.as_plugin;
    operation.csv_field = manifest.csv_field;
    operation.on_existing = manifest.on_existing;
    operation.handler = [&entry, name = manifest.name, as_plugin = manifest.as_plugin](
                            CallContext& context, const boost::json::value& request) {
        return enter_operation(context, entry, name, request, as_plugin);
    };
    return operation;
}

}  // namespace

PluginSet::PluginSet(const std::vector<const plugins::Plugin*>& plugins) {
    std::vector<PluginEntry> entries;
    for (const auto* plugin : plugins) {
        try {
            entries.push_back(read_entry(*plugin));
        } catch (const Refusal& refusal) {
            unusable_.emplace(plugin->manifest().name, refusal.detail());
        }
    }
    entries_ = ordered(std::move(entries));
}

const PluginEntry* PluginSet::find(std::string_view name) const {
    const auto found = std::find_if(entries_.begin(), entries_.end(),
                                    [&](const auto& entry) { return entry.name() == name; });
    return found == entries_.end() ? nullptr : &*found;
}

void PluginSet::add_operations(Registry& registry) const {
    for (const auto& entry : entries_) {
        for (const auto& operation : entry.manifest().operations) {
            registry.add(described(entry, operation));
        }
    }
}

}  // namespace wharf::operations
