// What each role may do. Permissions are `<area>.<verb>`; a plugin's area is the plugin's name.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/accounts/principal.hpp"

namespace wharf::accounts {

// The permissions that the host itself declares.
std::span<const std::string_view> host_permissions();

// Those of a role, without what a key adds. Of `platform_admin` and `admin` these are not all: see
// `may`.
std::span<const std::string_view> permissions_of(Role role);

// Only keys of the platform have these.
bool platform_only(std::string_view permission);

// The one question. platform_admin may everything; an account's admin everything in it that is not
// the platform's alone, plugins' permissions included; the others what their role and key say.
bool may(const Principal& principal, std::string_view permission);

// Whether a key of that role and with those permissions may do no more than the principal itself.
bool may_issue(const Principal& principal, Role role, const std::vector<std::string>& permissions);

// A platform key sees every account, another its own only. What it may not see does not exist.
bool may_see(const Principal& principal, const AccountCode& account);

// Lower case, one dot, letters, digits and underscores beside it.
bool well_formed_permission(std::string_view permission);

}  // namespace wharf::accounts
