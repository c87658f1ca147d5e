#include "host/operations/pipeline.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <utility>
#include <wharf/validate.hpp>

#include "host/operations/plugin_entry.hpp"

namespace wharf::operations {
namespace {

Refusal hook_unavailable(const PluginEntry& entry, const Operation& operation) {
    return Refusal::unavailable(
        "guard_unavailable",
        "the plugin \"" + entry.name() + "\" has a say in " + operation.name +
            " and could not be asked",
        "try again; if it stays like this, support can switch the plugin off");
}

class HookScope {
public:
    HookScope(UnitOfWork& unit, const PluginEntry& entry, const Operation& operation, bool within)
        : unit_(unit) {
        const bool inside =
            std::any_of(unit.hooks.begin(), unit.hooks.end(), [&](const UnitOfWork::Hook& hook) {
                return hook.entry == &entry && hook.operation == operation.name &&
                       hook.within == within;
            });
        if (inside) {
            throw Refusal::conflict("calls_without_end",
                                    "the plugin \"" + entry.name() + "\" calls " + operation.name +
                                        " from its own hook on it, without end",
                                    "tell the plugin's author");
        }
        unit_.hooks.push_back({&entry, operation.name, within});
    }
    HookScope(const HookScope&) = delete;
    HookScope& operator=(const HookScope&) = delete;
    ~HookScope() { unit_.hooks.pop_back(); }

private:
    UnitOfWork& unit_;
};

// Fails closed: a plugin that breaks or is too slow is a refusal.
void ask(CallContext& context, const PluginEntry& entry, std::string_view input, bool within) {
    auto& unit = context.unit();
    const auto& operation = context.operation();
    HookScope scope(unit, entry, operation, within);
    domain::Actor actor = context.transaction().actor();
    actor.name = "plugin:" + entry.name();
    actor.plugin = entry.name();
    try {
        enter_plugin(
            unit, entry,
            {within ? WHARF_CALL_WITHIN : WHARF_CALL_GUARD, operation.name, input, std::move(actor),
             context.transaction().depth(), !within || !operation.is_write(),
             context.caller() != nullptr && context.caller()->entering.by_itself});
    } catch (const plugins::PluginFault&) {
        throw hook_unavailable(entry, operation);
    } catch (const Refusal& refusal) {
        if (refusal.kind() == RefusalKind::deadline || refusal.code() == "plugin_failing") {
            throw hook_unavailable(entry, operation);
        }
        throw;
    }
}

bool has_say(const Settings::Active& active, const Operation& operation, bool within, Instant now) {
    const auto& names = within ? active.entry->within : active.entry->guards;
    return !names.empty() && names.contains(operation.name) &&
           active.toggle->state == ToggleState::on && active.toggle->runs(now);
}

std::string handled(CallContext& context, const boost::json::value& request) {
    try {
        return context.operation().handler(context, request);
    } catch (const plugins::PluginFault& fault) {
        throw Refusal(RefusalKind::internal, "plugin_fault",
                      "the plugin \"" + fault.plugin() + "\" broke while it worked on this",
                      "nothing was changed; tell support");
    }
}

}  // namespace

void check_request(const Operation& operation, const boost::json::value& request,
                   std::vector<Fault> faults) {
    auto found = faults_of(request, *operation.request);
    // A number that nothing holds was told while it was read; what stands in its place is no fault.
    std::erase_if(found, [&](const Fault& fault) {
        return std::any_of(faults.begin(), faults.end(), [&](const Fault& told) {
            return told.code == "out_of_range" && told.pointer == fault.pointer;
        });
    });
    faults.insert(faults.end(), std::make_move_iterator(found.begin()),
                  std::make_move_iterator(found.end()));
    if (!faults.empty()) throw Refusal::invalid(std::move(faults));
}

bool predates_switch(UnitOfWork& unit, const Toggle& toggle,
                     const std::optional<plugins::ExistingDocument>& existing,
                     const boost::json::value& input) {
    if (!existing || !input.is_object()) return false;
    const auto* number = input.get_object().if_contains(existing->field);
    if (number == nullptr || !number->is_string()) return false;
    static constexpr std::pair<std::string_view, std::string_view> kMadeAt[] = {
        {"order", "SELECT created_at FROM sales_order WHERE number = :number"},
        {"purchase_order", "SELECT created_at FROM purchase_order WHERE number = :number"},
        {"receipt", "SELECT created_at FROM receipt WHERE number = :number"},
        {"return", "SELECT created_at FROM customer_return WHERE number = :number"},
        {"transfer", "SELECT created_at FROM transfer WHERE number = :number"}};
    const auto* kind = std::find_if(std::begin(kMadeAt), std::end(kMadeAt), [&](const auto& entry) {
        return entry.first == existing->kind;
    });
    // Documents of the plugin's own: while it finishes it can make no new ones.
    if (kind == std::end(kMadeAt)) return true;
    const std::string_view text(number->get_string().data(), number->get_string().size());
    const auto made_at = unit.session.value<Instant>(kind->second, {{"number", text}});
    return made_at && *made_at <= toggle.changed_at;
}

void require_plugin_on(UnitOfWork& unit, const Operation& operation,
                       const boost::json::value& request) {
    if (operation.plugin.empty()) return;
    const auto* toggle = unit.settings->running(operation.plugin, unit.facts.now);
    if (toggle != nullptr && toggle->state == ToggleState::on) return;
    if (toggle != nullptr && predates_switch(unit, *toggle, operation.on_existing, request)) return;
    throw Refusal(
        RefusalKind::plugin_off, "plugin_off",
        toggle == nullptr
            ? "the plugin \"" + operation.plugin + "\" is not switched on for this account"
            : "the plugin \"" + operation.plugin +
                  "\" is being switched off and only finishes what it began",
        "support can switch it on: PUT /v1/accounts/" + unit.facts.account.text() + "/plugins/" +
            operation.plugin + " {\"enabled\": true, \"reason\": \"...\"}");
}

std::string run_operation(CallContext& context, const boost::json::value& request) {
    auto& unit = context.unit();
    const auto& operation = context.operation();
    require_plugin_on(unit, operation, request);
    // A hook may end with another set of settings in force; the list that this operation began with
    // stays.
    const auto settings = unit.settings;
    std::string request_json;
    const auto input = [&]() -> const std::string& {
        if (request_json.empty()) request_json = boost::json::serialize(request);
        return request_json;
    };
    for (const auto& active : settings->active) {
        if (has_say(active, operation, false, unit.facts.now)) {
            ask(context, *active.entry, input(), false);
        }
    }
    auto reply = handled(context, request);
    for (const auto& active : settings->active) {
        if (has_say(active, operation, true, unit.facts.now)) {
            ask(context, *active.entry, R"({"request":)" + input() + R"(,"reply":)" + reply + '}',
                true);
        }
    }
    return reply;
}

}  // namespace wharf::operations
