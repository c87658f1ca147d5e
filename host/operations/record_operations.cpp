#include "host/operations/record_operations.hpp"

#include <map>
#include <wharf/operations/events.hpp>
#include <wharf/validate.hpp>

#include "host/domain/events.hpp"
#include "host/limits.hpp"
#include "host/operations/bind.hpp"
#include "host/operations/journal.hpp"
#include "host/operations/pages.hpp"
#include "host/operations/plugin_entry.hpp"

namespace wharf::operations {
namespace {

// `<incarnation>.<sequence>`: the life of the account that a position belongs to comes with it.
std::int64_t sequence_of(const std::optional<std::string>& after, const std::string& incarnation) {
    if (!after) return 0;
    const auto dot = after->find('.');
    const auto sequence = number_cursor(after->substr(dot == std::string::npos ? 0 : dot + 1));
    if (dot != std::string::npos && after->substr(0, dot) != incarnation) {
        throw Refusal(RefusalKind::gone, "other_incarnation",
                      "this position belongs to the account as it was before it was restored",
                      "begin again without `after`");
    }
    return sequence;
}

events::EventPage list_events(CallContext& context, const events::ListEvents& request) {
    const auto limit = page_limit(request.limit, limits::kPageRowsMax);
    const auto& incarnation = context.unit().settings->incarnation;
    const auto after = sequence_of(request.after, incarnation);
    events::EventPage page;
    page.items = domain::events_after(context.session(), after, limit + 1);
    const bool more = page.items.size() > limit;
    if (more) page.items.pop_back();
    page.position =
        incarnation + '.' + std::to_string(page.items.empty() ? after : page.items.back().sequence);
    if (more) page.next = page.position;
    return page;
}

std::string record_event(CallContext& context, const boost::json::value& json) {
    const auto& entry = context.caller()->entry;
    const auto request = from_json<events::RecordEvent>(json);
    const auto declared = entry.events.find(request.name);
    if (declared == entry.events.end()) {
        throw Refusal::invalid(
            "/name", "undeclared_event",
            "the manifest of \"" + entry.name() + "\" declares no event \"" + request.name + "\"");
    }
    auto faults = faults_of(json.at("data"), *declared->second, Reading::tolerant);
    for (auto& fault : faults) fault.pointer.insert(0, "/data");
    if (!faults.empty()) throw Refusal::invalid(std::move(faults));
    context.transaction().record_event(
        request.name, request.document ? &*request.document : nullptr, request.data.text);
    return to_json(Done{});
}

// What the keys were called when they asked; each is looked up once for a page.
class NamesOfKeys {
public:
    explicit NamesOfKeys(storage::Session& session) : session_(session) {}

    std::optional<std::string> of(const std::optional<std::string>& principal) {
        if (!principal) return std::nullopt;
        const auto [known, is_new] = names_.emplace(*principal, std::nullopt);
        if (is_new) {
            if (const auto found = kept_principal(session_, *principal))
                known->second = found->name;
        }
        return known->second;
    }

private:
    storage::Session& session_;
    std::map<std::string, std::optional<std::string>> names_;
};

Page<audit::Entry> list_entries(CallContext& context, const audit::ListEntries& request) {
    const auto limit = page_limit(request.limit, limits::kPageRowsMax);
    auto rows = context.session().select(
        "SELECT seq, kind, operation, plugin, plugin_version, actor, at, request_id, as_plugin, "
        "note, input, hash, principal FROM journal WHERE seq > :after AND (:operation IS NULL OR "
        "operation = "
        ":operation) AND (:plugin IS NULL OR plugin = :plugin) ORDER BY seq LIMIT :limit",
        {{"after", number_cursor(request.after)},
         {"operation", request.operation},
         {"plugin", request.plugin},
         {"limit", limit + 1}});
    Page<audit::Entry> page;
    NamesOfKeys names(context.session());
    while (rows.next()) {
        if (page.items.size() == limit) {
            page.next = std::to_string(page.items.back().seq);
            break;
        }
        page.items.push_back({rows.integer(0), rows.get<std::string>(1), rows.get<std::string>(2),
                              rows.get<std::optional<std::string>>(3),
                              rows.get<std::optional<std::string>>(4), rows.get<std::string>(5),
                              names.of(rows.get<std::optional<std::string>>(12)),
                              rows.get<Instant>(6), rows.get<std::string>(7), rows.get<bool>(8),
                              rows.get<std::string>(9), RawJson{rows.get<std::string>(10)},
                              rows.get<std::string>(11)});
    }
    return page;
}

}  // namespace

void bind_records(Registry& registry) {
    bind<events::ListEvents>(registry, &list_events);
    bind<audit::ListEntries>(registry, &list_entries);
    auto operation = described<events::RecordEvent>();
    operation.plugins_only = true;
    operation.handler = &record_event;
    registry.add(std::move(operation));
}

}  // namespace wharf::operations
