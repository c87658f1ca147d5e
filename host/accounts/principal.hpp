// Who is asking: what an API key stands for once it has been checked.
#pragma once

#include <boost/describe/enum.hpp>
#include <optional>
#include <string>
#include <vector>
#include <wharf/values/text.hpp>

namespace wharf::accounts {

enum class Role {
    platform_admin,  // everything, every account
    support,         // accounts, toggles; sees, but changes no stock
    admin,           // everything within one account
    purchasing,
    warehouse,  // may be bound to locations
    sales,
    vendor,       // bound to one vendor: sees only its own purchase orders
    integration,  // exactly its explicit permissions
};
BOOST_DESCRIBE_ENUM(Role, platform_admin, support, admin, purchasing, warehouse, sales, vendor,
                    integration)

struct Principal {
    std::string key_id;
    std::string name;
    Role role = Role::integration;
    std::optional<AccountCode> account;  // nothing: a platform key, for every account
    std::optional<VendorCode> vendor;
    std::vector<LocationCode> locations;   // empty: every location
    std::vector<std::string> permissions;  // beyond those of the role
};

}  // namespace wharf::accounts
