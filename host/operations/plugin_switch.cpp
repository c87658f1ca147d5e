#include "host/operations/plugin_switch.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <optional>
#include <wharf/events.hpp>
#include <wharf/json_parse.hpp>

#include "host/accounts/account_state.hpp"
#include "host/accounts/accounts.hpp"
#include "host/accounts/keys.hpp"
#include "host/accounts/roles.hpp"
#include "host/operations/collection_layout.hpp"
#include "host/operations/eligibility.hpp"
#include "host/operations/journal.hpp"
#include "host/operations/messages/inbox.hpp"
#include "host/operations/messages/inbox_rows.hpp"
#include "host/operations/plugin_config.hpp"
#include "host/operations/plugin_entry.hpp"
#include "host/operations/reactions.hpp"
#include "host/operations/schedules.hpp"
#include "host/operations/wake.hpp"

namespace wharf::operations {
namespace {

std::string joined(const std::vector<std::string>& texts) {
    std::string line;
    for (const auto& text : texts) line += (line.empty() ? "" : "; ") + text;
    return line;
}

// The rest of the unit lives under the new toggle.
void put_in_force(UnitOfWork& unit, const Toggle& toggle) {
    write_toggle(unit.session, toggle);
    accounts::raise_version(unit.session);
    unit.settings_changed = true;
    unit.settings = load_settings(unit.session, *unit.services.plugins);
}

void record_switch(domain::Transaction& transaction, const Toggle& toggle) {
    const event::PluginSwitch facts{PluginName(toggle.plugin),
                                    boost::describe::enum_to_string(toggle.state, "unknown"),
                                    toggle.changed_by, toggle.reason};
    if (toggle.state == ToggleState::on) {
        transaction.record<event::PluginSwitchedOn>(facts);
    } else {
        transaction.record<event::PluginSwitchedOff>(facts);
    }
}

void require_override(const UnitOfWork& unit, const std::vector<std::string>& reasons,
                      bool override_asked) {
    if (reasons.empty()) return;
    if (!override_asked) {
        throw Refusal::conflict(
            "not_eligible", "this account may not have the plugin: " + joined(reasons),
            "with \"override\": true and a reason it can be switched on anyway");
    }
    if (unit.facts.principal && !accounts::may(*unit.facts.principal, "plugins.override")) {
        throw Refusal::forbidden("missing_permission",
                                 "this key may not override eligibility: it lacks the permission "
                                 "plugins.override");
    }
}

void check_switch_on(UnitOfWork& unit, const PluginEntry& entry,
                     const plugins::SwitchPlugin& request, Toggle& toggle) {
    const auto reasons = not_eligible_because(entry.manifest(), unit.settings->account);
    require_override(unit, reasons, request.override);
    toggle.override_used = !reasons.empty();
    const auto missing =
        missing_needs(entry.manifest(), *unit.settings, *unit.services.plugins, unit.facts.now);
    if (!missing.empty()) {
        throw Refusal::conflict("needs_plugins", "the plugin needs others: " + joined(missing),
                                "switch those on first");
    }
    if (request.until && *request.until <= unit.facts.now) {
        throw Refusal::invalid("/until", "in_the_past", "must lie in the future");
    }
    toggle.config = checked_config(entry.config, request.config, toggle.config);
    toggle.state = ToggleState::on;
    toggle.until = request.until;
}

void check_switch_off(UnitOfWork& unit, const PluginEntry& entry,
                      const plugins::SwitchPlugin& request, Toggle& toggle) {
    const auto dependents = needed_by(entry.name(), *unit.settings, unit.facts.now);
    if (!dependents.empty()) {
        throw Refusal::conflict("needed_by_plugins",
                                "other plugins need this one: " + joined(dependents),
                                "switch those off first");
    }
    const bool finish = *request.in_flight == plugins::InFlight::finished &&
                        toggle.state != ToggleState::off && documents_in_flight(unit, entry) > 0;
    toggle.state = finish ? ToggleState::finishing : ToggleState::off;
    toggle.until.reset();
    if (request.config) toggle.config = checked_config(entry.config, request.config, toggle.config);
}

Toggle toggle_before(const UnitOfWork& unit, const std::string& plugin) {
    if (const auto* toggle = unit.settings->find(plugin)) return *toggle;
    Toggle toggle;
    toggle.plugin = plugin;
    return toggle;
}

void follow_up(UnitOfWork& unit, const PluginEntry& entry, const Toggle& before,
               const Toggle& after) {
    if (after.state != ToggleState::off) {
        if (before.state == ToggleState::off) start_cursor(unit, entry.name(), after.since_event);
        plan_schedules(unit, entry, after);
        renew_layouts(unit, entry);
        if (after.until) wake_at(unit, *after.until);
        if (count_for_plugin(unit.session, entry.name(), "waiting") > 0) have_inbox_worked_on(unit);
    } else {
        drop_schedules(unit, entry.name());
    }
}

Toggle changed(UnitOfWork& unit, const Toggle& before, std::string by, std::string reason) {
    Toggle toggle = before;
    toggle.reason = std::move(reason);
    toggle.changed_by = std::move(by);
    toggle.changed_at = unit.facts.now;
    toggle.version = before.version + 1;
    toggle.since_event = unit.last_event();
    return toggle;
}

void switch_off_by_itself(UnitOfWork& unit, const Settings::Active& active, std::string reason) {
    const auto* entry = active.entry;
    auto toggle = changed(unit, *active.toggle, "host", std::move(reason));
    toggle.state = ToggleState::off;
    toggle.until.reset();
    domain::Actor actor;
    actor.name = "host";
    const auto settings = unit.settings;
    domain::Transaction transaction(
        unit.session, settings->account,
        {unit.facts.now, actor, unit.facts.request_id, 0, {}, &unit.events});
    put_in_force(unit, toggle);
    record_switch(transaction, toggle);
    drop_schedules(unit, entry->name());
}

void adopt(UnitOfWork& unit, const Settings::Active& active) {
    const auto& entry = *active.entry;
    auto toggle = *active.toggle;
    toggle.plugin_version = entry.manifest().version;
    toggle.config = checked_config(entry.config, std::nullopt, toggle.config);
    ++toggle.version;
    put_in_force(unit, toggle);
    plan_schedules(unit, entry, toggle);
    renew_layouts(unit, entry);
}

void refuse_version(UnitOfWork& unit, const Settings::Active& active, const std::string& failure) {
    switch_off_by_itself(
        unit, active,
        "version " + active.entry->manifest().version + " cannot be taken over: " + failure);
}

// Why the account cannot run the installed version; nothing of the attempt is left then.
std::optional<std::string> try_to_adopt(UnitOfWork& unit, const Settings::Active& active) {
    const auto before = unit.settings;
    std::string failure;
    storage::Savepoint savepoint(unit.session);
    try {
        adopt(unit, active);
        savepoint.keep();
        return std::nullopt;
    } catch (const Refusal& refusal) {
        // Too late for all of the unit, or its transaction is gone: no fault of the version.
        if (refusal.kind() == RefusalKind::deadline || !unit.session.in_transaction()) throw;
        failure = refusal.faults().empty() ? refusal.detail() : refusal.faults().front().detail;
        if (!refusal.faults().empty()) failure.insert(0, refusal.faults().front().pointer + ' ');
    } catch (const plugins::PluginFault& fault) {
        failure = fault.what();
    }
    savepoint.undo();
    unit.settings = before;
    return failure;
}

}  // namespace

void switch_plugin(UnitOfWork& unit, domain::Transaction& transaction,
                   const plugins::SwitchPlugin& request) {
    const auto* entry = unit.services.plugins->find(request.plugin.view());
    if (entry == nullptr) throw Refusal::not_found("plugin", request.plugin.view());
    const auto before = toggle_before(unit, entry->name());
    transaction.check_version(before.version);
    auto toggle = changed(unit, before, transaction.actor().name, request.reason.text());
    toggle.plugin_version = entry->manifest().version;
    if (request.enabled) {
        check_switch_on(unit, *entry, request, toggle);
    } else {
        check_switch_off(unit, *entry, request, toggle);
    }
    put_in_force(unit, toggle);
    const bool moved = toggle.state != before.state || toggle.config != before.config ||
                       toggle.until != before.until;
    if (moved) record_switch(transaction, toggle);
    follow_up(unit, *entry, before, toggle);
}

bool settle_toggles(UnitOfWork& unit) {
    bool any = false;
    const auto settings = unit.settings;
    for (const auto& active : settings->active) {
        if (active.toggle->until && *active.toggle->until <= unit.facts.now) {
            switch_off_by_itself(unit, active, "its time was over");
            any = true;
        } else if (active.toggle->state == ToggleState::finishing &&
                   documents_in_flight(unit, *active.entry) == 0) {
            switch_off_by_itself(unit, active, "nothing was left to finish");
            any = true;
        }
    }
    return any;
}

bool has_new_versions(const Settings& settings) {
    return std::any_of(settings.active.begin(), settings.active.end(), [](const auto& active) {
        return active.toggle->plugin_version != active.entry->manifest().version;
    });
}

bool adopt_new_versions(UnitOfWork& unit) {
    if (!has_new_versions(*unit.settings)) return false;
    const auto settings = unit.settings;
    for (const auto& active : settings->active) {
        const auto& manifest = active.entry->manifest();
        if (active.toggle->plugin_version == manifest.version) continue;
        const auto failure = try_to_adopt(unit, active);
        if (failure) {
            refuse_version(unit, active, *failure);
        }
        append_journal(unit,
                       {JournalKind::schedule, std::string(kAdoptPluginVersion), manifest.name,
                        manifest.version, "host", false, failure.value_or(""), "{}"});
    }
    return true;
}

void replay_adoption(UnitOfWork& unit, const PluginEntry& entry, const std::string& failure) {
    const auto settings = unit.settings;
    for (const auto& active : settings->active) {
        if (active.entry != &entry) continue;
        if (failure.empty()) {
            adopt(unit, active);
        } else {
            refuse_version(unit, active, failure);
        }
    }
}

std::string preview_of(UnitOfWork& unit, const PluginEntry& entry) {
    if (!entry.manifest().preview) return "null";
    domain::Actor actor;
    actor.name = "plugin:" + entry.name();
    actor.plugin = entry.name();
    try {
        auto reply = enter_plugin(unit, entry,
                                  {WHARF_CALL_PREVIEW, "", "{}", std::move(actor), 0, true, true});
        static_cast<void>(parse_json(reply));
        return reply;
    } catch (const Refusal& refusal) {
        return R"({"unavailable":)" + to_json(refusal.detail()) + '}';
    } catch (const plugins::PluginFault&) {
        return R"({"unavailable":"the plugin broke while it was asked"})";
    }
}

std::int64_t documents_in_flight(UnitOfWork& unit, const PluginEntry& entry) {
    static constexpr std::string_view kCounts[] = {
        "SELECT COUNT(*) FROM purchase_order WHERE source = :plugin AND status IN "
        "('draft', 'waiting_for_approval', 'approved')",
        "SELECT COUNT(*) FROM transfer WHERE made_by = :plugin AND status IN "
        "('draft', 'approved', 'dispatched', 'partly_received')"};
    std::int64_t count = 0;
    for (const auto sql : kCounts) {
        count += unit.session.value<std::int64_t>(sql, {{"plugin", entry.name()}}).value_or(0);
    }
    if (!entry.manifest().preview || unit.settings->find(entry.name()) == nullptr) return count;
    const auto preview = parse_json(preview_of(unit, entry)).value;
    if (const auto* object = preview.if_object()) {
        const auto* own = object->if_contains("in_flight");
        if (own != nullptr && own->is_int64()) count += own->get_int64();
    }
    return count;
}

namespace {

// Whoever switches is mostly of the platform, whose keys only the directory knows.
std::string name_of_key(const UnitOfWork& unit, const std::string& id) {
    if (id.empty()) return {};
    auto snapshot = unit.services.accounts->directory().snapshot();
    const auto key = accounts::find_key(snapshot->session(), id);
    return key ? key->record.principal.name : std::string();
}

}  // namespace

plugins::PluginState state_of(UnitOfWork& unit, const PluginEntry& entry) {
    const auto& manifest = entry.manifest();
    const auto& settings = *unit.settings;
    const auto toggle = toggle_before(unit, entry.name());
    plugins::PluginState state;
    state.plugin = entry.name();
    state.title = manifest.title;
    state.summary = manifest.summary;
    state.plugin_version = manifest.version;
    const bool runs = toggle.runs(unit.facts.now);
    state.state = runs ? boost::describe::enum_to_string(toggle.state, "unknown") : "off";
    state.enabled = runs && toggle.state == ToggleState::on;
    state.not_eligible_because = not_eligible_because(manifest, settings.account);
    state.eligible = state.not_eligible_because.empty();
    state.override_used = toggle.override_used && runs;
    for (const auto& needed : manifest.requires_plugins) state.needs.push_back(needed.plugin);
    state.needed_by = needed_by(entry.name(), settings, unit.facts.now);
    state.config.text = shown_config(entry.config, toggle.config);
    if (entry.config) state.config_schema.text = boost::json::serialize(manifest.config);
    state.reason = toggle.reason;
    state.until = toggle.until;
    if (toggle.version > 0) state.changed_at = toggle.changed_at;
    state.changed_by = toggle.changed_by;
    state.changed_by_name = name_of_key(unit, toggle.changed_by);
    state.parked =
        unit.session
            .value<std::int64_t>("SELECT COUNT(*) FROM parked_reaction WHERE plugin = :plugin",
                                 {{"plugin", entry.name()}})
            .value_or(0);
    state.messages_parked = count_for_plugin(unit.session, entry.name(), "parked");
    state.messages_waiting = count_for_plugin(unit.session, entry.name(), "waiting");
    state.version = toggle.version;
    return state;
}

}  // namespace wharf::operations
