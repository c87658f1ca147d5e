// Accounts and their keys, as an administrator sees them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "wharf/model/account.hpp"
#include "wharf/operation.hpp"

namespace wharf::accounts {

// Makes an account with its own database. The same code again is refused (conflict
// `account_exists`).
struct CreateAccount {
    using Reply = wharf::Account;
    static constexpr OperationInfo kOperation{"accounts.create", Access::write,
                                              "accounts.write",  "POST /accounts",
                                              "Make an account", 201};
    AccountCode code;
    Name name;
    Plan plan = Plan::growth;
    AccountType account_type = AccountType::seller;
    InventoryType inventory_type = InventoryType::non_serialized;
    std::optional<std::int32_t>
        serial_mode;  // 1..5; serialized accounts only, where it defaults to 2
    Text<3, 3> currency;
    Name time_zone;
    Text<2, 2> country;
    std::optional<Text<5, 5>> fiscal_year_start;  // MM-DD; default: 04-01 in India, else 01-01
    Defaulted<Policies> policies;
};
BOOST_DESCRIBE_STRUCT(CreateAccount, (),
                      (code, name, plan, account_type, inventory_type, serial_mode, currency,
                       time_zone, country, fiscal_year_start, policies))

struct GetAccount {
    using Reply = wharf::Account;
    static constexpr OperationInfo kOperation{"accounts.get", Access::read, "accounts.read", "GET ",
                                              "One account with its policies"};
};
BOOST_DESCRIBE_STRUCT(GetAccount, (), ())

struct AccountSummary {
    AccountCode code;
    std::string name;
    Plan plan = Plan::growth;
    AccountType account_type = AccountType::seller;
    InventoryType inventory_type = InventoryType::non_serialized;
    std::string phase;  // creating, active or deleting
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(AccountSummary, (),
                      (code, name, plan, account_type, inventory_type, phase, created_at))

struct ListAccounts {
    using Reply = Page<AccountSummary>;
    static constexpr OperationInfo kOperation{"accounts.list", Access::read, "accounts.read",
                                              "GET /accounts", "Accounts, by code"};
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListAccounts, (), (limit, after))

struct PatchPolicies {
    std::optional<AllocationOrder> allocation_order;
    std::optional<LotOrder> lot_order;
    std::optional<bool> orders_beyond_stock_allowed;
    std::optional<bool> orders_need_approval;
    std::optional<bool> quality_check_required;
    std::optional<bool> putaway_required;
    std::optional<Money> purchase_approval_limit;  // null: no limit
    std::optional<std::vector<Tolerance>> tolerances;
    std::optional<std::int32_t> event_days_kept;
};
BOOST_DESCRIBE_STRUCT(PatchPolicies, (),
                      (allocation_order, lot_order, orders_beyond_stock_allowed,
                       orders_need_approval, quality_check_required, putaway_required,
                       purchase_approval_limit, tolerances, event_days_kept))

// Changes what it names. Currency, country and the kind of inventory stay as they were made.
struct UpdateAccount {
    using Reply = wharf::Account;
    static constexpr OperationInfo kOperation{"accounts.update", Access::write, "accounts.write",
                                              "PATCH ", "Change an account's settings"};
    std::optional<Name> name;
    std::optional<Plan> plan;
    std::optional<AccountType> account_type;
    std::optional<std::int32_t> serial_mode;
    std::optional<Name> time_zone;
    std::optional<Text<5, 5>> fiscal_year_start;
    std::optional<PatchPolicies> policies;
};
BOOST_DESCRIBE_STRUCT(UpdateAccount, (),
                      (name, plan, account_type, serial_mode, time_zone, fiscal_year_start,
                       policies))

}  // namespace wharf::accounts

namespace wharf::keys {

enum class KeyRole {
    platform_admin,
    support,
    admin,
    purchasing,
    warehouse,
    sales,
    vendor,
    integration,
    unknown
};
BOOST_DESCRIBE_ENUM(KeyRole, platform_admin, support, admin, purchasing, warehouse, sales, vendor,
                    integration, unknown)

// `key` is shown this once; it is empty in a dry run.
struct IssuedKey {
    std::string id;
    std::string key;
    std::string name;
    KeyRole role = KeyRole::integration;
    std::optional<VendorCode> vendor;
    std::vector<LocationCode> locations;
    std::vector<std::string> permissions;
    std::optional<Instant> expires_at;
};
BOOST_DESCRIBE_STRUCT(IssuedKey, (),
                      (id, key, name, role, vendor, locations, permissions, expires_at))

struct Key {
    std::string id;
    std::string name;
    KeyRole role = KeyRole::integration;
    std::optional<VendorCode> vendor;
    std::vector<LocationCode> locations;
    std::vector<std::string> permissions;
    Instant created_at;
    std::string created_by;
    std::optional<Instant> revoked_at;
    std::optional<Instant> expires_at;
};
BOOST_DESCRIBE_STRUCT(Key, (),
                      (id, name, role, vendor, locations, permissions, created_at, created_by,
                       revoked_at, expires_at))

// `vendor` belongs to the role vendor, `locations` to the role warehouse, `permissions` to the role
// integration (any other may have some as well).
struct CreateKey {
    using Reply = IssuedKey;
    static constexpr OperationInfo kOperation{"keys.create", Access::write,     "keys.write",
                                              "POST /keys",  "Make an API key", 201};
    Name name;
    KeyRole role = KeyRole::integration;
    std::optional<VendorCode> vendor;
    Defaulted<std::vector<LocationCode>> locations;
    Defaulted<std::vector<std::string>> permissions;
    std::optional<Instant> expires_at;
};
BOOST_DESCRIBE_STRUCT(CreateKey, (), (name, role, vendor, locations, permissions, expires_at))

struct ListKeys {
    using Reply = Page<Key>;
    static constexpr OperationInfo kOperation{"keys.list", Access::read, "keys.write", "GET /keys",
                                              "API keys, by id"};
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListKeys, (), (limit, after))

struct RevokeKey {
    using Reply = Done;
    static constexpr OperationInfo kOperation{"keys.revoke", Access::write, "keys.write",
                                              "DELETE /keys/{id}", "Revoke an API key"};
    std::string id;
};
BOOST_DESCRIBE_STRUCT(RevokeKey, (), (id))

// The platform's own keys (roles platform_admin and support); for platform admins only.
struct CreatePlatformKey {
    using Reply = IssuedKey;
    static constexpr OperationInfo kOperation{"keys.create_platform",
                                              Access::write,
                                              "keys.write",
                                              "POST /keys",
                                              "Make a key of the platform",
                                              201};
    Name name;
    KeyRole role = KeyRole::support;
    std::optional<Instant> expires_at;
};
BOOST_DESCRIBE_STRUCT(CreatePlatformKey, (), (name, role, expires_at))

struct ListPlatformKeys {
    using Reply = Page<Key>;
    static constexpr OperationInfo kOperation{"keys.list_platform", Access::read, "keys.write",
                                              "GET /keys", "Keys of the platform, by id"};
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListPlatformKeys, (), (limit, after))

struct RevokePlatformKey {
    using Reply = Done;
    static constexpr OperationInfo kOperation{"keys.revoke_platform", Access::write, "keys.write",
                                              "DELETE /keys/{id}", "Revoke a key of the platform"};
    std::string id;
};
BOOST_DESCRIBE_STRUCT(RevokePlatformKey, (), (id))

}  // namespace wharf::keys
