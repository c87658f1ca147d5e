#include "host/operations/key_operations.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <wharf/operations/accounts.hpp>

#include "host/accounts/accounts.hpp"
#include "host/accounts/keys.hpp"
#include "host/accounts/roles.hpp"
#include "host/domain/catalog.hpp"
#include "host/domain/pages.hpp"
#include "host/limits.hpp"
#include "host/operations/bind.hpp"
#include "host/operations/pages.hpp"
#include "host/operations/runtime.hpp"
#include "host/operations/units.hpp"

namespace wharf::operations {
namespace {

accounts::Role role_of(keys::KeyRole role) {
    accounts::Role result{};
    boost::describe::enum_from_string(boost::describe::enum_to_string(role, ""), result);
    return result;
}

keys::KeyRole role_of(accounts::Role role) {
    keys::KeyRole result = keys::KeyRole::unknown;
    boost::describe::enum_from_string(boost::describe::enum_to_string(role, ""), result);
    return result;
}

keys::IssuedKey issue(CallContext& context, const accounts::NewKey& key) {
    const auto issued = accounts::make_key(context.session(), key);
    return {issued.id,       context.dry_run() ? std::string() : issued.token,
            key.name,        role_of(key.role),
            key.vendor,      key.locations,
            key.permissions, key.expires_at};
}

bool has_admin(CallContext& context) {
    const auto keys = accounts::list_keys(context.session(), context.account(), "",
                                          std::numeric_limits<std::int32_t>::max());
    return std::any_of(keys.begin(), keys.end(), [&](const accounts::KeyRecord& key) {
        return key.principal.role == accounts::Role::admin && !key.revoked_at &&
               (!key.expires_at || context.now() < *key.expires_at);
    });
}

// Nobody makes a key that may do more than they may themselves: who has no say over the stock would
// have one by a key of their own making. An account's first admin is made by support all the same.
void check_may_issue(CallContext& context, const keys::CreateKey& request) {
    const auto& principal = context.unit().facts.principal;
    if (!principal) return;
    const auto role = role_of(request.role);
    if (accounts::may_issue(*principal, role, *request.permissions)) return;
    if (role == accounts::Role::admin && !has_admin(context)) return;
    throw Refusal::forbidden(
        "beyond_own_permissions", "this key may not make one that may do more than it may itself",
        role == accounts::Role::admin ? "the account has an admin: ask for a key there"
                                      : "an admin of the account may make it");
}

keys::IssuedKey create_in_directory(CallContext& context, const keys::CreateKey& request) {
    check_may_issue(context, request);
    accounts::NewKey key;
    key.name = request.name.text();
    key.role = role_of(request.role);
    key.account = context.account();
    key.vendor = request.vendor;
    key.locations = *request.locations;
    key.permissions = *request.permissions;
    key.expires_at = request.expires_at;
    key.created_by = context.actor_name();
    key.created_at = context.now();
    return issue(context, key);
}

// A key that is bound to what is not there would silently see nothing.
void check_bindings(CallContext& context, const keys::CreateKey& request) {
    if (!request.vendor && request.locations->empty()) return;
    auto& services = context.services();
    auto snapshot = services.accounts->open(context.account())->snapshot();
    const auto settings = services.runtimes->of(context.account())->settings(snapshot->session());
    domain::Transaction transaction(snapshot->session(), settings->account,
                                    {context.now(), {}, "", 0, {}});
    std::vector<Fault> faults;
    if (request.vendor && !domain::find_vendor(transaction, *request.vendor)) {
        faults.push_back(
            {"/vendor", "unknown_vendor", "there is no vendor \"" + request.vendor->text() + "\""});
    }
    for (std::size_t i = 0; i < request.locations->size(); ++i) {
        const auto& code = (*request.locations)[i];
        if (domain::find_location(transaction, code)) continue;
        faults.push_back({"/locations/" + std::to_string(i), "unknown_location",
                          "there is no location \"" + code.text() + "\""});
    }
    if (!faults.empty()) throw Refusal::invalid(std::move(faults));
}

// The account is looked at first and outside: a unit of the directory must not wait for another
// account.
std::string create(CallContext& context, const boost::json::value& json) {
    static const Operation inner = [] {
        auto operation = described<keys::CreateKey>();
        operation.place = Place::directory;
        operation.reply_is_secret = true;
        operation.handler = handler_of<keys::CreateKey>(&create_in_directory);
        return operation;
    }();
    context.services().accounts->open(context.account());
    check_bindings(context, from_json<keys::CreateKey>(json));
    auto answer = run_in_directory(context.services(), context.call(), inner);
    context.status = answer.status;
    context.replayed = answer.replayed;
    return std::move(answer.body);
}

Page<keys::Key> page_of(CallContext& context, const std::optional<AccountCode>& account,
                        std::int32_t limit_asked, const std::optional<std::string>& after) {
    const auto limit = page_limit(limit_asked, limits::kPageRowsMax);
    Page<keys::Key> page;
    for (const auto& record : accounts::list_keys(context.session(), account,
                                                  domain::decode_cursor(after, 1)[0], limit + 1)) {
        if (page.items.size() == limit) {
            page.next = domain::encode_cursor({page.items.back().id});
            break;
        }
        const auto& principal = record.principal;
        page.items.push_back({principal.key_id, principal.name, role_of(principal.role),
                              principal.vendor, principal.locations, principal.permissions,
                              record.created_at, record.created_by, record.revoked_at,
                              record.expires_at});
    }
    return page;
}

Page<keys::Key> list(CallContext& context, const keys::ListKeys& request) {
    return page_of(context, context.account(), request.limit, request.after);
}

Done revoke(CallContext& context, const keys::RevokeKey& request) {
    accounts::revoke_key(context.session(), context.account(), request.id, context.now());
    return {};
}

void require_platform_admin(CallContext& context) {
    const auto& principal = context.unit().facts.principal;
    if (principal && principal->role == accounts::Role::platform_admin) return;
    throw Refusal::forbidden("missing_permission", "only a platform admin handles these keys");
}

keys::IssuedKey create_platform(CallContext& context, const keys::CreatePlatformKey& request) {
    require_platform_admin(context);
    accounts::NewKey key;
    key.name = request.name.text();
    key.role = role_of(request.role);
    key.expires_at = request.expires_at;
    key.created_by = context.actor_name();
    key.created_at = context.now();
    return issue(context, key);
}

Page<keys::Key> list_platform(CallContext& context, const keys::ListPlatformKeys& request) {
    require_platform_admin(context);
    return page_of(context, std::nullopt, request.limit, request.after);
}

Done revoke_platform(CallContext& context, const keys::RevokePlatformKey& request) {
    require_platform_admin(context);
    accounts::revoke_key(context.session(), std::nullopt, request.id, context.now());
    return {};
}

void in_directory(Operation& operation) {
    operation.place = Place::directory;
}

void of_platform(Operation& operation) {
    operation.place = Place::directory;
    operation.scope = Scope::host;
}

}  // namespace

void bind_keys(Registry& registry) {
    auto operation = described<keys::CreateKey>();
    operation.place = Place::outside;
    operation.reply_is_secret = true;
    operation.handler = &create;
    registry.add(std::move(operation));
    bind<keys::ListKeys>(registry, &list, &in_directory);
    bind<keys::RevokeKey>(registry, &revoke, &in_directory);
    bind<keys::CreatePlatformKey>(registry, &create_platform, [](Operation& platform) {
        of_platform(platform);
        platform.reply_is_secret = true;
    });
    bind<keys::ListPlatformKeys>(registry, &list_platform, &of_platform);
    bind<keys::RevokePlatformKey>(registry, &revoke_platform, &of_platform);
}

}  // namespace wharf::operations
