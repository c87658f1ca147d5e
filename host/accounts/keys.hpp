// API keys: made, shown once, kept as a hash, revoked. These functions work in a unit or a snapshot
// of account zero; `KeyRing` answers whose a token is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include <wharf/values/time.hpp>

#include "host/accounts/principal.hpp"
#include "host/storage/session.hpp"

namespace wharf::accounts {

struct NewKey {
    std::string name;
    Role role = Role::integration;
    std::optional<AccountCode> account;  // nothing: a platform key
    std::optional<VendorCode> vendor;
    std::vector<LocationCode> locations;
    std::vector<std::string> permissions;
    std::optional<Instant> expires_at;
    std::string created_by;  // the id of the key that asked, or the command line's word for itself
    Instant created_at;
};

// The only time that the token is seen: `wharf_<id>_<secret>`.
struct IssuedKey {
    std::string id;
    std::string token;
};

struct KeyRecord {
    Principal principal;
    Instant created_at;
    std::string created_by;
    std::optional<Instant> revoked_at;
    std::optional<Instant> expires_at;
};

// Refuses with the pointer of the field: a platform role within an account or the reverse, `vendor`
// without its vendor, locations of a role other than warehouse, `integration` without permissions,
// permissions that are malformed or the platform's alone.
IssuedKey make_key(storage::Session& session, const NewKey& key);

// Keys of one account, or of the platform; by id.
std::vector<KeyRecord> list_keys(storage::Session& session,
                                 const std::optional<AccountCode>& account,
                                 const std::string& after, std::size_t limit);

// Again is fine. Refuses not_found for a key of another account.
void revoke_key(storage::Session& session, const std::optional<AccountCode>& account,
                const std::string& id, Instant now);

// What KeyRing reads.
struct StoredKey {
    KeyRecord record;
    std::string secret_hash;
};
std::optional<StoredKey> find_key(storage::Session& session, std::string_view id);
std::int64_t key_changes(storage::Session& session);

}  // namespace wharf::accounts
