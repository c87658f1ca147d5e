// What a plugin asks of the host while it is being called.
#include <exception>
#include <wharf/json_parse.hpp>

#include "host/limits.hpp"
#include "host/operations/pipeline.hpp"
#include "host/operations/plugin_entry.hpp"
#include "host/operations/registry.hpp"

namespace wharf::operations {
namespace {

// A plugin may call its own operations, what every plugin has (its collections, events and jobs),
// and what its manifest lists by name or by permission.
void require_use(const PluginFrame& frame, const Operation& operation) {
    const auto& uses = frame.entry.uses;
    const bool own = operation.plugins_only && operation.permission.empty();
    if (own || operation.plugin == frame.entry.name()) return;
    if (uses.contains(operation.name)) return;
    if (operation.plugin.empty() && !operation.permission.empty() &&
        uses.contains(operation.permission)) {
        return;
    }
    throw Refusal::forbidden("undeclared_use",
                             "the plugin \"" + frame.entry.name() +
                                 "\" does not say in its manifest "
                                 "that it uses " +
                                 operation.name,
                             "the author adds it to `uses`");
}

const Operation& callable(const PluginFrame& frame, std::string_view name) {
    const auto* operation = frame.unit.services.registry->find(name);
    if (operation == nullptr || operation->scope != Scope::account ||
        operation->place != Place::account) {
        throw Refusal::not_found("operation", name);
    }
    require_use(frame, *operation);
    if (operation->is_write() && (frame.entering.reads_only || !frame.unit.facts.writes)) {
        throw Refusal::forbidden("reads_only",
                                 operation->name + " writes; here a plugin may only read");
    }
    return *operation;
}

// The request's own document, before anything was changed: If-Match is held against it.
bool is_on_its_document(const PluginFrame& frame, const boost::json::value& request) {
    if (frame.wrote || frame.entering.document.empty() || !request.is_object()) return false;
    const auto* number = request.get_object().if_contains("number");
    return number != nullptr && number->is_string() &&
           number->get_string() == frame.entering.document;
}

// What a plugin decides on is what its client saw: a look at the request's own document is held
// against If-Match too.
void check_seen(const PluginFrame& frame, CallContext& context) {
    if (!context.version) return;
    context.transaction().check_version(*context.version);
    frame.version_checked = true;
}

Refusal storage_failing() {
    return Refusal::unavailable("storage_failing", "the host's storage did not answer",
                                "this call has failed; let it end");
}

Refusal caused_by(const Refusal& refusal, const std::string& operation) {
    Refusal copy = refusal;
    return copy.caused_by().empty() ? std::move(copy).with_caused_by(operation) : copy;
}

}  // namespace

std::string call_from_plugin(const PluginFrame& frame, std::string_view name,
                             std::string_view request_text) {
    auto& unit = frame.unit;
    unit.require_time();
    if (frame.storage_fault) throw storage_failing();
    const auto& operation = callable(frame, name);
    try {
        auto parsed = parse_json(request_text);
        check_request(operation, parsed.value, std::move(parsed.faults));
        const bool own_document = is_on_its_document(frame, parsed.value);
        CallContext context(unit, operation, frame.entering.actor, frame.entering.depth, &frame,
                            own_document);
        if (!operation.is_write()) {
            auto reply = run_operation(context, parsed.value);
            if (own_document) check_seen(frame, context);
            return reply;
        }
        storage::Savepoint savepoint(unit.session);
        auto reply = run_operation(context, parsed.value);
        savepoint.keep();
        if (own_document && context.version) frame.version_checked = true;
        (context.transaction().existing() ? frame.found_existing : frame.wrote) = true;
        return reply;
    } catch (const Refusal& refusal) {
        throw caused_by(refusal, operation.name);
    } catch (const storage::StorageError&) {
        // It means nothing to a plugin, and its own way out of it must not hide it from the unit.
        frame.storage_fault = std::current_exception();
        throw storage_failing();
    }
}

}  // namespace wharf::operations
