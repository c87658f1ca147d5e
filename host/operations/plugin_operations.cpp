#include "host/operations/plugin_operations.hpp"

#include <algorithm>
#include <iterator>
#include <wharf/json_parse.hpp>
#include <wharf/operations/plugins.hpp>

#include "host/limits.hpp"
#include "host/operations/bind.hpp"
#include "host/operations/journal.hpp"
#include "host/operations/pages.hpp"
#include "host/operations/plugin_switch.hpp"
#include "host/operations/reactions.hpp"

namespace wharf::operations {
namespace {

const PluginEntry& entry_of(CallContext& context, const PluginName& name) {
    const auto* entry = context.services().plugins->find(name.view());
    if (entry == nullptr) throw Refusal::not_found("plugin", name.view());
    return *entry;
}

// The part of a list of names that the page shows: the cursor is the last name before it.
template <class Item, class Request, class NameOf, class Shown>
auto page_of(const std::vector<Item>& items, const Request& request, NameOf name_of, Shown shown) {
    const auto limit = page_limit(*request.limit, limits::kPageRowsMax);
    auto begin = items.begin();
    if (request.after) {
        begin = std::find_if(items.begin(), items.end(),
                             [&](const Item& item) { return name_of(item) == *request.after; });
        if (begin == items.end()) throw bad_cursor();
        ++begin;
    }
    Page<decltype(shown(*begin))> page;
    for (; begin != items.end(); ++begin) {
        if (page.items.size() == limit) {
            page.next = name_of(*std::prev(begin));
            break;
        }
        page.items.push_back(shown(*begin));
    }
    return page;
}

Page<plugins::InstalledBundle> list_installed(CallContext& context,
                                              const plugins::ListInstalled& request) {
    return page_of(
        context.services().bundles, request, [](const auto& bundle) { return bundle.plugin; },
        [](const auto& bundle) { return bundle; });
}

Page<plugins::PluginState> list(CallContext& context, const plugins::ListPlugins& request) {
    return page_of(
        context.services().plugins->in_order(), request,
        [](const PluginEntry& entry) { return entry.name(); },
        [&](const PluginEntry& entry) { return state_of(context.unit(), entry); });
}

plugins::PluginState get(CallContext& context, const plugins::GetPlugin& request) {
    const auto& entry = entry_of(context, request.plugin);
    auto state = state_of(context.unit(), entry);
    if (state.state != "off")
        state.documents_in_flight = documents_in_flight(context.unit(), entry);
    return state;
}

// The request's own shape takes any settings; the plugin's says which of them are secret.
void keep_secrets_from_journal(UnitOfWork& unit, const PluginEntry& entry,
                               const plugins::SwitchPlugin& request) {
    if (!request.config || !entry.config || !entry.config->holds_secret()) return;
    auto shown = request;
    shown.config = parse_json(without_secrets(*request.config, *entry.config)).value;
    unit.journal_input = to_json(shown);
}

plugins::PluginState switch_one(CallContext& context, const plugins::SwitchPlugin& request) {
    auto& unit = context.unit();
    const auto& entry = entry_of(context, request.plugin);
    keep_secrets_from_journal(unit, entry, request);
    switch_plugin(unit, context.transaction(), request);
    auto state = state_of(unit, entry);
    if (unit.facts.dry_run) {
        state.documents_in_flight = documents_in_flight(unit, entry);
        if (request.enabled) state.preview.text = preview_of(unit, entry);
    }
    return state;
}

Page<plugins::ParkedReaction> list_parked(CallContext& context,
                                          const plugins::ListParked& request) {
    entry_of(context, request.plugin);
    const auto limit = page_limit(request.limit, limits::kPageRowsMax);
    auto rows = context.session().select(
        "SELECT plugin, event, event_name, depth, code, detail, attempts, parked_at FROM "
        "parked_reaction WHERE plugin = :plugin AND event > :after ORDER BY event LIMIT :limit",
        {{"plugin", request.plugin},
         {"after", number_cursor(request.after)},
         {"limit", limit + 1}});
    Page<plugins::ParkedReaction> page;
    while (rows.next()) {
        if (page.items.size() == limit) {
            page.next = std::to_string(page.items.back().event);
            break;
        }
        page.items.push_back({rows.get<std::string>(0), rows.integer(1), rows.get<std::string>(2),
                              rows.get<std::int32_t>(3), rows.get<std::string>(4),
                              rows.get<std::string>(5), rows.get<std::int32_t>(6),
                              rows.get<Instant>(7)});
    }
    return page;
}

Done retry(CallContext& context, const plugins::RetryParked& request) {
    auto& unit = context.unit();
    const auto& entry = entry_of(context, request.plugin);
    if (unit.settings->running(entry.name(), unit.facts.now) == nullptr) {
        throw Refusal(RefusalKind::plugin_off, "plugin_off",
                      "the plugin \"" + entry.name() + "\" is not switched on for this account");
    }
    const auto parked = unit.session.value<std::int64_t>(
        "SELECT event FROM parked_reaction WHERE plugin = :plugin AND event = :event",
        {{"plugin", request.plugin}, {"event", request.event}});
    if (!parked) throw Refusal::not_found("parked reaction", std::to_string(request.event));
    retry_parked(unit, entry, request.event);
    return {};
}

}  // namespace

void bind_plugins(Registry& registry) {
    bind<plugins::ListInstalled>(registry, &list_installed, [](Operation& operation) {
        operation.scope = Scope::host;
        operation.place = Place::directory;
    });
    bind<plugins::ListPlugins>(registry, &list);
    bind<plugins::GetPlugin>(registry, &get);
    bind<plugins::SwitchPlugin>(registry, &switch_one);
    bind<plugins::ListParked>(registry, &list_parked);
    bind<plugins::RetryParked>(registry, &retry);
}

}  // namespace wharf::operations
