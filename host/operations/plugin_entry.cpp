#include "host/operations/plugin_entry.hpp"

#include <atomic>
#include <random>
#include <utility>
#include <wharf/describe.hpp>
#include <wharf/json_parse.hpp>

#include "host/limits.hpp"
#include "host/operations/breaker.hpp"
#include "host/operations/pipeline.hpp"
#include "host/operations/registry.hpp"
#include "host/operations/units.hpp"

namespace wharf::operations {
namespace {

thread_local const PluginFrame* innermost = nullptr;

// Numbers that do not come twice and that a plugin cannot guess from its own.
std::uint64_t next_token() {
    static const std::uint64_t secret = std::random_device{}() * 0x100000001ULL + 0x9E3779B9ULL;
    static std::atomic<std::uint64_t> counter{1};
    auto mixed = (counter.fetch_add(1, std::memory_order_relaxed) + secret) * 0x9E3779B97F4A7C15ULL;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBULL;
    return mixed ^ (mixed >> 31U);
}

std::uint64_t next_call_id() {
    static std::atomic<std::uint64_t> counter{1};
    return counter.fetch_add(1, std::memory_order_relaxed);
}

// Who asked, as the plugin sees it.
void append_principal(std::string& json, const PluginFrame& frame) {
    const auto& principal = frame.unit.facts.principal;
    const bool person = principal && !frame.entering.by_itself;
    std::string name = "plugin:" + frame.entry.name();
    std::string role = "plugin";
    if (person) {
        name = principal->name.empty() ? principal->key_id : principal->name;
        role = boost::describe::enum_to_string(principal->role, "unknown");
    } else if (frame.entering.sender) {
        name = "account:" + frame.entering.sender->text();
        role = "account";
    }
    json += "{\"name\":";
    append_json_string(json, name);
    json += ",\"role\":";
    append_json_string(json, role);
    json += ",\"vendor\":";
    append_json(json, person ? principal->vendor : std::nullopt);
    json += ",\"locations\":";
    append_json(json, person ? principal->locations : std::vector<LocationCode>{});
    json += '}';
}

std::string context_json(const PluginFrame& frame) {
    auto& unit = frame.unit;
    const auto* toggle = unit.settings->find(frame.entry.name());
    std::string json;
    json.reserve(unit.settings->account_json.size() + 512);
    json += "{\"account\":" + unit.settings->account_json;
    json += ",\"now\":\"" + unit.facts.now.text();
    json += "\",\"today\":\"" + unit.today().text();
    json += "\",\"plugin\":\"" + frame.entry.name();
    json += "\",\"config\":" + (toggle != nullptr ? toggle->config : "null");
    json += ",\"principal\":";
    append_principal(json, frame);
    json += ",\"request_id\":";
    append_json_string(json, unit.facts.request_id);
    json += ",\"dry_run\":";
    json += unit.facts.dry_run ? "true" : "false";
    json += ",\"depth\":";
    append_json_integer(json, frame.entering.depth);
    json += '}';
    return json;
}

class FrameScope {
public:
    explicit FrameScope(PluginFrame& frame) : frame_(frame) {
        const auto& facts = frame_.unit.facts;
        breaker().entered(frame_.id, {frame_.entry.name(), facts.account, facts.deadline});
        frame_.outer = innermost;
        innermost = &frame_;
        ++frame_.unit.nested;
    }
    FrameScope(const FrameScope&) = delete;
    FrameScope& operator=(const FrameScope&) = delete;
    ~FrameScope() {
        innermost = frame_.outer;
        --frame_.unit.nested;
        breaker().left(frame_.id);
    }

private:
    [[nodiscard]] Breaker& breaker() const { return *frame_.unit.services.breaker; }

    PluginFrame& frame_;
};

void refuse_endless(const UnitOfWork& unit, const PluginEntry& entry) {
    if (unit.nested < limits::kNestedCallsMax) return;
    throw Refusal::conflict(
        "calls_without_end",
        "the plugin \"" + entry.name() + "\" calls itself through the host without end",
        "tell the plugin's author");
}

void note_fault(const PluginFrame& frame, const std::string& fault) {
    auto& services = frame.unit.services;
    services.breaker->broke(frame.entry.name(), services.clock());
    services.log(LogLevel::error, frame.entry.name(), fault);
}

// Whether the plugin came back too late; of several inside one another the innermost is to blame.
bool came_late(const PluginFrame& frame) {
    auto& unit = frame.unit;
    if (unit.services.clock() <= unit.facts.deadline) return false;
    if (!std::exchange(unit.lateness_told, true)) {
        note_fault(frame, "\"" + std::string(frame.entering.name) + "\" came back too late");
    }
    return true;
}

std::string answer_of(const PluginFrame& frame) {
    auto& unit = frame.unit;
    const std::string context = context_json(frame);
    plugins::CallFrame call;
    call.kind = frame.entering.kind;
    call.token = frame.token;
    call.id = frame.id;
    call.parent = frame.outer == nullptr ? 0 : frame.outer->id;
    call.deadline_us = unit.facts.deadline.raw();
    call.name = frame.entering.name;
    call.context = context;
    call.input = frame.entering.input;
    try {
        auto reply = frame.entry.plugin->call(call);
        if (!came_late(frame)) unit.services.breaker->succeeded(frame.entry.name());
        return reply;
    } catch (const plugins::PluginFault& fault) {
        if (!frame.storage_fault) note_fault(frame, fault.what());  // else not of its own doing
        throw;
    } catch (const Refusal&) {
        came_late(frame);
        throw;
    }
}

}  // namespace

const PluginFrame* current_frame() {
    return innermost;
}

std::string enter_plugin(UnitOfWork& unit, const PluginEntry& entry, Entering entering,
                         Stay* stay) {
    unit.require_time();
    refuse_endless(unit, entry);
    if (!unit.services.breaker->may_enter(entry.name(), unit.services.clock())) {
        throw Refusal::unavailable(
            "plugin_failing",
            "the plugin \"" + entry.name() +
                "\" broke several times in a row and is left alone for a while",
            "try again in a minute");
    }
    PluginFrame frame{unit, entry, std::move(entering), next_token(), next_call_id(), nullptr};
    std::string reply;
    try {
        FrameScope scope(frame);
        reply = answer_of(frame);
    } catch (const std::exception&) {
        if (!frame.storage_fault) throw;
    }
    if (frame.storage_fault) std::rethrow_exception(frame.storage_fault);
    unit.require_time();
    if (stay != nullptr) *stay = {frame.found_existing && !frame.wrote, frame.version_checked};
    return reply;
}

namespace {

// The document that the request says it is on; else the one that it names as every request does.
std::string document_of(const Operation& operation, const boost::json::value& request) {
    if (!request.is_object()) return {};
    const auto& field = operation.on_existing ? operation.on_existing->field : "number";
    const auto* number = request.get_object().if_contains(field);
    if (number == nullptr || !number->is_string()) return {};
    return {number->get_string().data(), number->get_string().size()};
}

}  // namespace

std::string enter_operation(CallContext& context, const PluginEntry& entry, std::string_view name,
                            const boost::json::value& request, bool as_plugin) {
    const std::string input = boost::json::serialize(request);
    // Who asked stays who did it; what the plugin does of its own accord bears the plugin's name.
    domain::Actor actor = context.transaction().actor();
    actor.plugin = entry.name();
    if (as_plugin) {
        actor.vendor.reset();
        actor.locations.clear();
    }
    Stay stay;
    const auto* caller = context.caller();
    Entering entering{WHARF_CALL_OPERATION,
                      name,
                      input,
                      std::move(actor),
                      context.transaction().depth(),
                      !context.operation().is_write(),
                      caller != nullptr && caller->entering.by_itself};
    if (caller == nullptr) entering.document = document_of(context.operation(), request);
    auto reply = enter_plugin(context.unit(), entry, std::move(entering), &stay);
    const bool names_version = caller == nullptr && context.unit().facts.if_match.has_value();
    if (names_version && !stay.version_checked) refuse_unmatched(context.operation());
    if (stay.only_found) {
        context.transaction().note_existing();
        if (context.operation().success_status == 201) context.status = 200;
    }
    boost::json::value parsed;
    try {
        parsed = parse_json(reply).value;
    } catch (const Refusal&) {
        parsed = nullptr;
    }
    if (!parsed.is_object()) {
        throw plugins::PluginFault(entry.name(),
                                   "\"" + std::string(name) + "\" answered with no JSON object");
    }
    if (const auto* version = parsed.get_object().if_contains("version");
        version != nullptr && version->is_int64()) {
        context.version = version->get_int64();
    }
    return reply;
}

}  // namespace wharf::operations
