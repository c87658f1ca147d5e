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

// What the directory lists of an account is a copy. It is written after the account's own commit,
// and again whenever the account is attended: a crash in between leaves it old for a day at most,
// never ahead of what was committed.
bool listed_alike(const Account& left, const Account& right);
void copy_to_directory(storage::Session& directory, const Account& account);

}  // namespace wharf::operations
