#include "host/accounts/keys.hpp"

#include <algorithm>
#include <wharf/refusal.hpp>

#include "host/accounts/random_text.hpp"
#include "host/accounts/roles.hpp"
#include "host/limits.hpp"

namespace wharf::accounts {
namespace {

constexpr std::size_t kSecretBits = 160;

// Codes hold no control characters and permissions no spaces, so a line each keeps them apart.
template <class Items, class TextOf>
std::string lines_of(const Items& items, TextOf text_of) {
    std::string text;
    for (const auto& item : items) {
        if (!text.empty()) text += '\n';
        text += text_of(item);
    }
    return text;
}

template <class Item>
std::vector<Item> items_of(std::string_view lines) {
    std::vector<Item> items;
    while (!lines.empty()) {
        auto end = std::min(lines.find('\n'), lines.size());
        items.emplace_back(std::string(lines.substr(0, end)));
        lines.remove_prefix(std::min(end + 1, lines.size()));
    }
    return items;
}

bool of_platform(Role role) {
    return role == Role::platform_admin || role == Role::support;
}

void check_bindings(const NewKey& key, std::vector<Fault>& faults) {
    if (of_platform(key.role) == key.account.has_value()) {
        faults.push_back({"/role", "invalid_role",
                          key.account ? "this role is the platform's, not an account's"
                                      : "this role belongs to an account"});
    }
    if ((key.role == Role::vendor) != key.vendor.has_value()) {
        faults.push_back({"/vendor", key.vendor ? "not_allowed" : "required",
                          "a key of the role vendor, and no other, names its vendor"});
    }
    if (key.role != Role::warehouse && !key.locations.empty()) {
        faults.push_back({"/locations", "not_allowed",
                          "only keys of the role warehouse are bound to locations"});
    }
}

void check_permissions(const NewKey& key, std::vector<Fault>& faults) {
    if (key.role == Role::integration && key.permissions.empty()) {
        faults.push_back({"/permissions", "required",
                          "a key of the role integration may do exactly what is listed here"});
    }
    for (std::size_t i = 0; i < key.permissions.size(); ++i) {
        auto pointer = "/permissions/" + std::to_string(i);
        if (!well_formed_permission(key.permissions[i])) {
            faults.push_back({pointer, "invalid_permission", "a permission is area.verb"});
        } else if (platform_only(key.permissions[i]) || of_platform(key.role)) {
            faults.push_back(
                {pointer, "not_allowed", "this permission cannot be added to the key"});
        }
    }
}

void check(const NewKey& key) {
    std::vector<Fault> faults;
    if (key.name.empty()) faults.push_back({"/name", "required", "a key has a name"});
    check_bindings(key, faults);
    check_permissions(key, faults);
    if (!faults.empty()) throw Refusal::invalid(std::move(faults));
}

// Ids are given out by a counter row, so that they roll back with their unit.
std::string next_id(storage::Session& session) {
    auto made = session.value<std::int64_t>("SELECT made FROM key_state WHERE id = 1");
    if (!made) {
        session.execute("INSERT INTO key_state (id, made, changes) VALUES (1, 0, 0)");
    }
    session.execute("UPDATE key_state SET made = made + 1, changes = changes + 1");
    return "k" + std::to_string(made.value_or(0) + 1);
}

KeyRecord read_record(const storage::Cursor& rows) {
    KeyRecord record;
    record.principal.key_id = rows.get<std::string>(0);
    record.principal.account = rows.get<std::optional<AccountCode>>(1);
    record.principal.name = rows.get<std::string>(2);
    record.principal.role = rows.get<Role>(3);
    record.principal.vendor = rows.get<std::optional<VendorCode>>(4);
    record.principal.locations = items_of<LocationCode>(rows.text(5));
    record.principal.permissions = items_of<std::string>(rows.text(6));
    record.created_at = rows.get<Instant>(7);
    record.created_by = rows.get<std::string>(8);
    record.revoked_at = rows.get<std::optional<Instant>>(9);
    record.expires_at = rows.get<std::optional<Instant>>(10);
    return record;
}

}  // namespace

IssuedKey make_key(storage::Session& session, const NewKey& key) {
    check(key);
    auto id = next_id(session);
    auto secret = random_text(kSecretBits);
    session.execute(
        "INSERT INTO api_key (id, account, name, role, vendor, locations, permissions, "
        "secret_hash, created_at, created_by, revoked_at, expires_at) VALUES (:id, :account, "
        ":name, :role, :vendor, :locations, :permissions, :secret_hash, :created_at, :created_by, "
        "NULL, :expires_at)",
        {{"id", id},
         {"account", key.account},
         {"name", key.name},
         {"role", key.role},
         {"vendor", key.vendor},
         {"locations", lines_of(key.locations, [](const auto& code) { return code.text(); })},
         {"permissions", lines_of(key.permissions, [](const auto& text) { return text; })},
         {"secret_hash", secret_hash(secret)},
         {"created_at", key.created_at},
         {"created_by", key.created_by},
         {"expires_at", key.expires_at}});
    return {id, "wharf_" + id + "_" + secret};
}

std::vector<KeyRecord> list_keys(storage::Session& session,
                                 const std::optional<AccountCode>& account,
                                 const std::string& after, std::size_t limit) {
    auto rows = session.select(
        "SELECT id, account, name, role, vendor, locations, permissions, created_at, created_by, "
        "revoked_at, expires_at FROM api_key WHERE (account = :account OR (account IS NULL AND "
        ":account IS NULL)) AND id > :after ORDER BY id LIMIT :limit",
        {{"account", account},
         {"after", after},
         {"limit", std::min(limit, limits::kDirectoryPageMax)}});
    std::vector<KeyRecord> page;
    while (rows.next()) page.push_back(read_record(rows));
    return page;
}

void revoke_key(storage::Session& session, const std::optional<AccountCode>& account,
                const std::string& id, Instant now) {
    auto stored = find_key(session, id);
    if (!stored || stored->record.principal.account != account) {
        throw Refusal::not_found("key", id);
    }
    if (stored->record.revoked_at) return;
    session.execute("UPDATE api_key SET revoked_at = :now WHERE id = :id",
                    {{"now", now}, {"id", id}});
    session.execute("UPDATE key_state SET changes = changes + 1");
}

std::optional<StoredKey> find_key(storage::Session& session, std::string_view id) {
    auto rows = session.select(
        "SELECT id, account, name, role, vendor, locations, permissions, created_at, created_by, "
        "revoked_at, expires_at, secret_hash FROM api_key WHERE id = :id",
        {{"id", id}});
    if (!rows.next()) return std::nullopt;
    return StoredKey{read_record(rows), rows.get<std::string>(11)};
}

std::int64_t key_changes(storage::Session& session) {
    return session.value<std::int64_t>("SELECT changes FROM key_state WHERE id = 1").value_or(0);
}

}  // namespace wharf::accounts
