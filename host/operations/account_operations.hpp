// Making, reading and changing accounts.
#pragma once

#include "host/accounts/directory.hpp"
#include "host/operations/registry.hpp"
#include "host/operations/services.hpp"
#include "host/storage/session.hpp"

namespace wharf::operations {

void bind_accounts(Registry& registry);

// Fills a new account's database from what its creation left in the directory. The first row of its
// journal says so; who asked for it stands in the directory's.
void initialise_account(Services& services, storage::Session& session,
                        const accounts::AccountRecord& record);

}  // namespace wharf::operations
