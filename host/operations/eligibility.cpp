#include "host/operations/eligibility.hpp"

#include <algorithm>
#include <array>
#include <boost/describe/enum_to_string.hpp>
#include <charconv>

namespace wharf::operations {
namespace {

std::string joined(const std::vector<std::string>& texts) {
    std::string line;
    for (const auto& text : texts) line += (line.empty() ? "" : ", ") + text;
    return line;
}

void check_choice(std::vector<std::string>& reasons, std::string_view what,
                  const std::vector<std::string>& allowed, std::string_view actual) {
    if (allowed.empty() || std::find(allowed.begin(), allowed.end(), actual) != allowed.end()) {
        return;
    }
    reasons.push_back("it is for " + std::string(what) + " " + joined(allowed) +
                      "; this account has " + std::string(actual));
}

std::array<int, 3> numbers_of(std::string_view version) {
    std::array<int, 3> numbers{};
    for (auto& number : numbers) {
        const auto end = std::min(version.find('.'), version.size());
        std::from_chars(version.data(), version.data() + end, number);
        version.remove_prefix(std::min(end + 1, version.size()));
    }
    return numbers;
}

bool serves(std::string_view installed, std::string_view needed) {
    const auto have = numbers_of(installed);
    const auto want = numbers_of(needed);
    return have[0] == want[0] && have >= want;
}

}  // namespace

std::vector<std::string> not_eligible_because(const plugins::Manifest& manifest,
                                              const Account& account) {
    using boost::describe::enum_to_string;
    std::vector<std::string> reasons;
    check_choice(reasons, "plans", manifest.plans, enum_to_string(account.plan, "unknown"));
    check_choice(reasons, "account types", manifest.account_types,
                 enum_to_string(account.account_type, "unknown"));
    check_choice(reasons, "inventory types", manifest.inventory_types,
                 enum_to_string(account.inventory_type, "unknown"));
    if (account.serial_mode && !manifest.serial_modes.empty()) {
        std::vector<std::string> modes;
        for (const auto mode : manifest.serial_modes) modes.push_back(std::to_string(mode));
        check_choice(reasons, "serial modes", modes, std::to_string(*account.serial_mode));
    }
    return reasons;
}

std::vector<std::string> missing_needs(const plugins::Manifest& manifest, const Settings& settings,
                                       const PluginSet& plugins, Instant now) {
    std::vector<std::string> missing;
    for (const auto& needed : manifest.requires_plugins) {
        const auto* entry = plugins.find(needed.plugin);
        const auto* toggle = settings.running(needed.plugin, now);
        if (entry == nullptr) {
            missing.push_back(needed.plugin + " is not installed");
        } else if (!serves(entry->manifest().version, needed.version)) {
            missing.push_back(needed.plugin + " is installed as " + entry->manifest().version +
                              ", needed is " + needed.version);
        } else if (toggle == nullptr || toggle->state != ToggleState::on) {
            missing.push_back(needed.plugin + " is not switched on");
        }
    }
    return missing;
}

std::vector<std::string> needed_by(std::string_view plugin, const Settings& settings, Instant now) {
    std::vector<std::string> names;
    for (const auto& active : settings.active) {
        if (active.toggle->state != ToggleState::on || !active.toggle->runs(now)) continue;
        const auto& needs = active.entry->manifest().requires_plugins;
        if (std::any_of(needs.begin(), needs.end(),
                        [&](const auto& needed) { return needed.plugin == plugin; })) {
            names.push_back(active.entry->name());
        }
    }
    return names;
}

}  // namespace wharf::operations
