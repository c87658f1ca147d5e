// What an account may be set to.
#pragma once

#include <vector>
#include <wharf/model/account.hpp>
#include <wharf/refusal.hpp>

namespace wharf::operations {

// All faults of the settings at once, each with its pointer.
std::vector<Fault> account_faults(const Account& account);

}  // namespace wharf::operations
