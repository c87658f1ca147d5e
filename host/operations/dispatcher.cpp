#include "host/operations/dispatcher.hpp"

#include <utility>

#include "host/accounts/accounts.hpp"
#include "host/accounts/roles.hpp"
#include "host/accounts/run.hpp"
#include "host/operations/pipeline.hpp"
#include "host/operations/plugin_switch.hpp"
#include "host/operations/runtime.hpp"
#include "host/operations/units.hpp"

namespace wharf::operations {
namespace {

// What a key may not see does not exist; what it sees and may not do is forbidden.
void require_permission(const Call& call, const Operation& operation) {
    if (!call.principal) {
        throw Refusal(RefusalKind::unauthenticated, "unauthenticated", "there is no key");
    }
    const auto& principal = *call.principal;
    if (operation.scope == Scope::account && !accounts::may_see(principal, call.account)) {
        throw Refusal::not_found("account", call.account.view());
    }
    if (operation.permission.empty()) {
        if (operation.scope == Scope::account || !principal.account) return;
        throw Refusal::forbidden("missing_permission", "this is for keys of the platform");
    }
    if (accounts::may(principal, operation.permission)) return;
    throw Refusal::forbidden("missing_permission",
                             "this key may not do " + operation.name +
                                 ": it lacks the permission " + operation.permission,
                             "use a key whose role has it");
}

// Plugins of this account whose operation this is, and that are off, answer before the faults of a
// request are told: a client should not have to repair what cannot run.
void require_switched(Services& services, const Call& call, const Operation& operation,
                      accounts::Account& account) {
    if (operation.plugin.empty()) return;
    auto snapshot = account.snapshot();
    auto settings = services.runtimes->of(call.account)->settings(snapshot->session());
    BatchState state;
    UnitOfWork unit(services, snapshot->session(), state, settings,
                    facts_of(services, call.account, call.request_id, false));
    require_plugin_on(unit, operation, call.request);
}

// An operation outside of an account's strand undoes its own units; that it was a dry run is said
// here, unless the unit that it ran has said so.
std::string said_to_be_dry_run(const std::string& body) {
    constexpr std::string_view kSaid = "{\"dry_run\":true";
    if (body.starts_with(kSaid) || !body.starts_with('{')) return body;
    std::string said(kSaid);
    if (body.size() > 2) said += ',' + body.substr(1, body.size() - 2);
    return said + ",\"effects\":[],\"not_run\":[]}";
}

// A plugin's list passes `limit` on to the host, which gives plugins larger pages than clients.
void check_page(const Operation& operation, const boost::json::value& request) {
    if (operation.plugin.empty() || !request.is_object()) return;
    const auto* limit = request.get_object().if_contains("limit");
    if (limit == nullptr || !limit->is_int64()) return;
    if (limit->get_int64() <= static_cast<std::int64_t>(limits::kPageRowsMax)) return;
    throw Refusal::invalid("/limit", "out_of_range",
                           "must be from 1 to " + std::to_string(limits::kPageRowsMax));
}

// What a read of an account sees.
struct View {
    std::unique_ptr<storage::Snapshot> snapshot;
    std::shared_ptr<const Settings> settings;
};

View view_of(Services& services, const Call& call) {
    auto account = services.accounts->open(call.account);
    const auto look = [&] {
        View view{account->snapshot(), {}};
        view.settings = services.runtimes->of(call.account)->settings(view.snapshot->session());
        return view;
    };
    auto view = look();
    if (!has_new_versions(*view.settings)) return view;
    // The first that the account sees of a plugin's new version is this read; adopting it is a
    // write.
    view = {};
    run_work(services, account, facts_of(services, call.account, call.request_id, true), {});
    return look();
}

}  // namespace

Answer Dispatcher::call(const Call& call) {
    const auto* operation = services_.registry->find(call.operation);
    if (operation == nullptr || operation->plugins_only) {
        throw Refusal::not_found("operation", call.operation);
    }
    require_permission(call, *operation);
    if (operation->place == Place::outside) return outside(call, *operation);
    if (operation->place == Place::directory) {
        check_request(*operation, call.request, call.faults);
        if (operation->scope == Scope::account) services_.accounts->open(call.account);
        return operation->is_write() ? run_in_directory(services_, call, *operation)
                                     : read(call, *operation);
    }
    auto account = services_.accounts->open(call.account);
    if (!operation->is_write()) return read(call, *operation);
    return write(call, *operation);
}

Answer Dispatcher::write(const Call& call, const Operation& operation) {
    auto account = services_.accounts->open(call.account);
    try {
        check_request(operation, call.request, call.faults);
    } catch (const Refusal&) {
        require_switched(services_, call, operation, *account);
        throw;
    }
    return run_request(services_, account, call, operation);
}

Answer Dispatcher::read(const Call& call, const Operation& operation) {
    auto view = operation.place == Place::directory
                    ? View{services_.accounts->directory().snapshot(), directory_settings()}
                    : view_of(services_, call);
    auto facts = facts_of(services_, call.account, call.request_id, false);
    facts.principal = call.principal;
    facts.dry_run = call.dry_run;
    BatchState state;
    UnitOfWork unit(services_, view.snapshot->session(), state, std::move(view.settings),
                    std::move(facts));
    require_plugin_on(unit, operation, call.request);
    check_request(operation, call.request, call.faults);
    check_page(operation, call.request);
    Answer answer;
    answer.body = run_entry(unit, operation, call.request, answer);
    return answer;
}

Answer Dispatcher::outside(const Call& call, const Operation& operation) {
    check_request(operation, call.request, call.faults);
    if (call.if_match) refuse_unmatched(operation);  // what it makes has no version yet
    if (operation.scope == Scope::account) services_.accounts->open(call.account);
    CallContext context(services_, call, operation);
    Answer answer;
    answer.body = operation.handler(context, call.request);
    if (call.dry_run && operation.is_write()) {
        answer.body = said_to_be_dry_run(answer.body);
        return answer;
    }
    answer.status = context.status.value_or(operation.success_status);
    answer.version = context.version;
    answer.location = std::move(context.location);
    answer.replayed = context.replayed;
    return answer;
}

std::vector<const Operation*> Dispatcher::operations_of(const AccountCode& code) {
    auto account = services_.accounts->open(code);
    auto snapshot = account->snapshot();
    auto settings = services_.runtimes->of(code)->settings(snapshot->session());
    const auto now = services_.clock();
    auto operations = services_.registry->with_plugins(
        [&](std::string_view plugin) { return settings->running(plugin, now) != nullptr; });
    std::erase_if(operations, [](const Operation* operation) {
        return operation->scope != Scope::account || operation->plugins_only;
    });
    return operations;
}

}  // namespace wharf::operations
