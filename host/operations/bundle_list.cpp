#include "host/operations/bundle_list.hpp"

namespace wharf::operations {
namespace {

plugins::InstalledBundle described(const plugins::Manifest& manifest) {
    plugins::InstalledBundle bundle;
    bundle.plugin = manifest.name;
    bundle.title = manifest.title;
    bundle.summary = manifest.summary;
    bundle.version = manifest.version;
    bundle.state = "loaded";
    bundle.plans = manifest.plans;
    bundle.account_types = manifest.account_types;
    bundle.inventory_types = manifest.inventory_types;
    for (const auto& needed : manifest.requires_plugins) bundle.needs.push_back(needed.plugin);
    for (const auto& permission : manifest.permissions) {
        bundle.permissions.push_back(permission.name);
    }
    return bundle;
}

}  // namespace

std::vector<plugins::InstalledBundle> bundles_of(const std::vector<const plugins::Plugin*>& loaded,
                                                 const PluginSet& usable) {
    std::vector<plugins::InstalledBundle> bundles;
    for (const auto* plugin : loaded) {
        auto& bundle = bundles.emplace_back(described(plugin->manifest()));
        const auto unusable = usable.unusable().find(bundle.plugin);
        if (unusable == usable.unusable().end()) continue;
        bundle.state = "blocked";
        bundle.step = "shapes";
        bundle.reason = unusable->second;
    }
    return bundles;
}

void add_blocked(std::vector<plugins::InstalledBundle>& bundles,
                 const plugins::InstalledPlugins& installed) {
    for (const auto& one : installed.all()) {
        if (!one.blocked) continue;
        auto bundle =
            one.bundle.manifest ? described(*one.bundle.manifest) : plugins::InstalledBundle{};
        bundle.plugin = one.bundle.name;
        bundle.state = "blocked";
        bundle.step = plugins::step_name(one.blocked->step);
        bundle.reason = one.blocked->reason;
        bundles.push_back(std::move(bundle));
    }
}

}  // namespace wharf::operations
