#include "host/operations/settings.hpp"

#include <algorithm>
#include <wharf/describe.hpp>
#include <wharf/json_parse.hpp>

#include "host/accounts/account_state.hpp"

namespace wharf::operations {
namespace {

std::vector<Toggle> read_toggles(storage::Session& session) {
    auto rows = session.select(
        "SELECT plugin, state, until_at, config, reason, changed_by, changed_at, version, "
        "plugin_version, since_event, override_used FROM toggle ORDER BY plugin");
    std::vector<Toggle> toggles;
    while (rows.next()) {
        Toggle& toggle = toggles.emplace_back();
        toggle.plugin = rows.get<std::string>(0);
        toggle.state = rows.get<ToggleState>(1);
        toggle.until = rows.get<std::optional<Instant>>(2);
        toggle.config = rows.get<std::string>(3);
        toggle.reason = rows.get<std::string>(4);
        toggle.changed_by = rows.get<std::string>(5);
        toggle.changed_at = rows.get<Instant>(6);
        toggle.version = rows.integer(7);
        toggle.plugin_version = rows.get<std::string>(8);
        toggle.since_event = rows.integer(9);
        toggle.override_used = rows.get<bool>(10);
    }
    return toggles;
}

}  // namespace

const Toggle* Settings::find(std::string_view plugin) const {
    const auto found = std::find_if(toggles.begin(), toggles.end(),
                                    [&](const auto& toggle) { return toggle.plugin == plugin; });
    return found == toggles.end() ? nullptr : &*found;
}

const Toggle* Settings::running(std::string_view plugin, Instant now) const {
    const auto* toggle = find(plugin);
    return toggle != nullptr && toggle->runs(now) ? toggle : nullptr;
}

std::shared_ptr<const Settings> load_settings(storage::Session& session, const PluginSet& plugins) {
    auto settings = std::make_shared<Settings>();
    if (const auto state = accounts::read_account_state(session)) {
        settings->version = state->version;
        settings->incarnation = state->incarnation;
    }
    const auto document =
        session.value<std::string>("SELECT document FROM account_settings WHERE id = 1");
    if (!document) {
        throw Refusal::unavailable("account_not_ready", "the account is still being made",
                                   "try again in a second");
    }
    settings->account = from_json<Account>(parse_json(*document).value);
    settings->account_json = to_json(settings->account);
    settings->toggles = read_toggles(session);
    for (const auto& entry : plugins.in_order()) {
        const auto* toggle = settings->find(entry.name());
        if (toggle != nullptr && toggle->state != ToggleState::off) {
            settings->active.push_back({&entry, toggle});
            for (const auto& [name, reaction] : entry.reactions) {
                settings->listened_to.emplace(name);
            }
        }
    }
    return settings;
}

std::shared_ptr<const Settings> directory_settings() {
    static const auto settings = [] {
        auto made = std::make_shared<Settings>();
        made->account.code = AccountCode("directory");
        made->account.name = Name("directory");
        made->account.currency = Text<3, 3>("XXX");
        made->account.time_zone = Name("Etc/UTC");
        made->account.country = Text<2, 2>("ZZ");
        made->account.fiscal_year_start = Text<5, 5>("01-01");
        made->account_json = to_json(made->account);
        return std::shared_ptr<const Settings>(made);
    }();
    return settings;
}

void write_account(storage::Session& session, const Account& account) {
    session.execute("DELETE FROM account_settings");
    session.execute("INSERT INTO account_settings (id, document) VALUES (1, :document)",
                    {{"document", to_json(account)}});
}

void write_toggle(storage::Session& session, const Toggle& toggle) {
    session.execute("DELETE FROM toggle WHERE plugin = :plugin", {{"plugin", toggle.plugin}});
    session.execute(
        "INSERT INTO toggle (plugin, state, until_at, config, reason, changed_by, changed_at, "
        "version, plugin_version, since_event, override_used) VALUES (:plugin, :state, :until, "
        ":config, :reason, :changed_by, :changed_at, :version, :plugin_version, :since_event, "
        ":override_used)",
        {{"plugin", toggle.plugin},
         {"state", toggle.state},
         {"until", toggle.until},
         {"config", toggle.config},
         {"reason", toggle.reason},
         {"changed_by", toggle.changed_by},
         {"changed_at", toggle.changed_at},
         {"version", toggle.version},
         {"plugin_version", toggle.plugin_version},
         {"since_event", toggle.since_event},
         {"override_used", toggle.override_used}});
}

}  // namespace wharf::operations
