#include "host/accounts/roles.hpp"

#include <algorithm>
#include <array>

namespace wharf::accounts {
namespace {

using Names = std::span<const std::string_view>;
using Text = std::string_view;

constexpr std::array<Text, 27> kHost = {
    "accounts.read",      "accounts.write",   "keys.write",      "plugins.read",
    "plugins.write",      "plugins.override", "catalog.read",    "catalog.write",
    "inventory.read",     "inventory.write",  "sales.read",      "sales.write",
    "sales.approve",      "sales.ship",       "purchasing.read", "purchasing.write",
    "purchasing.approve", "receiving.read",   "receiving.write", "receiving.approve",
    "audit.read",         "imports.write",    "jobs.read",       "documents.read",
    "documents.write",    "partners.read",    "partners.write"};

// The vendor of the software creates accounts and sells features by plan, so making an exception
// from a plan is its own too. Within its plan an account's admin may switch for itself.
constexpr std::array<Text, 2> kPlatformOnly = {"accounts.write", "plugins.override"};

// Support sees who exchanges messages with whom; whether an account does is its own to say.
constexpr std::array<Text, 15> kSupport = {
    "accounts.read",  "accounts.write", "plugins.read",   "plugins.write",  "plugins.override",
    "keys.write",     "catalog.read",   "inventory.read", "sales.read",     "purchasing.read",
    "receiving.read", "audit.read",     "jobs.read",      "documents.read", "partners.read"};

constexpr std::array<Text, 25> kAdmin = {
    "accounts.read",   "keys.write",        "plugins.read",       "plugins.write",
    "catalog.read",    "catalog.write",     "inventory.read",     "inventory.write",
    "sales.read",      "sales.write",       "sales.approve",      "sales.ship",
    "purchasing.read", "purchasing.write",  "purchasing.approve", "receiving.read",
    "receiving.write", "receiving.approve", "audit.read",         "imports.write",
    "jobs.read",       "documents.read",    "documents.write",    "partners.read",
    "partners.write"};

constexpr std::array<Text, 12> kPurchasing = {
    "accounts.read",  "plugins.read",  "catalog.read",    "catalog.write",
    "inventory.read", "sales.read",    "purchasing.read", "purchasing.write",
    "receiving.read", "imports.write", "jobs.read",       "documents.read"};

constexpr std::array<Text, 12> kWarehouse = {
    "accounts.read",   "plugins.read",    "catalog.read", "inventory.read",
    "inventory.write", "sales.read",      "sales.ship",   "purchasing.read",
    "receiving.read",  "receiving.write", "jobs.read",    "documents.read"};

constexpr std::array<Text, 9> kSales = {"accounts.read",  "plugins.read", "catalog.read",
                                        "inventory.read", "sales.read",   "sales.write",
                                        "imports.write",  "jobs.read",    "documents.read"};

constexpr std::array<Text, 1> kVendor = {"purchasing.read"};

bool contains(Names names, Text name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Names host_permissions() {
    return kHost;
}

Names permissions_of(Role role) {
    switch (role) {
        case Role::platform_admin:
            return kHost;
        case Role::support:
            return kSupport;
        case Role::admin:
            return kAdmin;
        case Role::purchasing:
            return kPurchasing;
        case Role::warehouse:
            return kWarehouse;
        case Role::sales:
            return kSales;
        case Role::vendor:
            return kVendor;
        case Role::integration:
            return {};
    }
    return {};
}

bool platform_only(Text permission) {
    return contains(kPlatformOnly, permission);
}

bool may(const Principal& principal, Text permission) {
    if (principal.role == Role::platform_admin) return true;
    if (contains(permissions_of(principal.role), permission)) return true;
    if (principal.account && platform_only(permission)) return false;
    if (principal.role == Role::admin) return true;
    return std::find(principal.permissions.begin(), principal.permissions.end(), permission) !=
           principal.permissions.end();
}

bool may_issue(const Principal& principal, Role role, const std::vector<std::string>& permissions) {
    // An admin may do all that there is in the account, permissions of plugins included.
    if (role == Role::admin && principal.role != Role::admin) {
        return principal.role == Role::platform_admin;
    }
    const auto has = [&](Text permission) { return may(principal, permission); };
    const auto of_role = permissions_of(role);
    return std::all_of(of_role.begin(), of_role.end(), has) &&
           std::all_of(permissions.begin(), permissions.end(), has);
}

bool may_see(const Principal& principal, const AccountCode& account) {
    return !principal.account || *principal.account == account;
}

bool well_formed_permission(Text permission) {
    auto dot = permission.find('.');
    if (dot == Text::npos || dot == 0 || dot + 1 == permission.size()) return false;
    if (permission.size() > 128) return false;
    auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    };
    auto area = permission.substr(0, dot);
    auto verb = permission.substr(dot + 1);
    return std::all_of(area.begin(), area.end(), plain) &&
           std::all_of(verb.begin(), verb.end(), plain);
}

}  // namespace wharf::accounts
