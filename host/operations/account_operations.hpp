// Making, reading and changing accounts.
#pragma once

#include "host/accounts/directory.hpp"
#include "host/operations/registry.hpp"
#include "host/storage/session.hpp"

namespace wharf::operations {

void bind_accounts(Registry& registry);

// Fills a new account's database from what its creation left in the directory.
void initialise_account(storage::Session& session, const accounts::AccountRecord& record);

}  // namespace wharf::operations
