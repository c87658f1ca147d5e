// What every account's own database says of itself: which life of the account it holds, where it
// was placed, and a version that upper rooms raise when they change what may be remembered between
// batches.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "host/storage/session.hpp"
#include "host/storage/table.hpp"

namespace wharf::accounts {

struct AccountState {
    std::string incarnation;  // renewed by a restore: cursors and message ids of another are void
    std::int64_t placement_epoch;
    std::int64_t version;
};

// Migrations 1 to 9 of every account; other rooms number theirs from 100.
storage::Schema account_state_schema();

std::optional<AccountState> read_account_state(storage::Session& session);
void write_account_state(storage::Session& session, const AccountState& state);

// In the transaction of the change. Whoever keeps something in memory compares the version at the
// beginning of each batch.
void raise_version(storage::Session& session);

}  // namespace wharf::accounts
