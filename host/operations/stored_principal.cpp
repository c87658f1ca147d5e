#include "host/operations/stored_principal.hpp"

#include <boost/describe.hpp>
#include <optional>
#include <utility>
#include <vector>
#include <wharf/describe.hpp>
#include <wharf/json_parse.hpp>

namespace wharf::operations {
namespace {

struct StoredPrincipal {
    std::string key_id;
    std::string name;
    std::string role;
    std::optional<AccountCode> account;
    std::optional<VendorCode> vendor;
    std::vector<LocationCode> locations;
    std::vector<std::string> permissions;
};
BOOST_DESCRIBE_STRUCT(StoredPrincipal, (),
                      (key_id, name, role, account, vendor, locations, permissions))

}  // namespace

std::string principal_to_json(const std::shared_ptr<const accounts::Principal>& principal) {
    if (!principal) return "null";
    return to_json(StoredPrincipal{principal->key_id, principal->name,
                                   boost::describe::enum_to_string(principal->role, "unknown"),
                                   principal->account, principal->vendor, principal->locations,
                                   principal->permissions});
}

std::shared_ptr<const accounts::Principal> principal_from_json(std::string_view text) {
    const auto tree = parse_json(text).value;
    if (tree.is_null()) return nullptr;
    auto stored = from_json<StoredPrincipal>(tree);
    auto principal = std::make_shared<accounts::Principal>();
    principal->key_id = std::move(stored.key_id);
    principal->name = std::move(stored.name);
    boost::describe::enum_from_string(stored.role.c_str(), principal->role);
    principal->account = std::move(stored.account);
    principal->vendor = std::move(stored.vendor);
    principal->locations = std::move(stored.locations);
    principal->permissions = std::move(stored.permissions);
    return principal;
}

}  // namespace wharf::operations
