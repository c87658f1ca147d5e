// The directory: which accounts there are, where each lives and when it is next due. It is the
// database of account zero; these functions work in a unit or a snapshot of that account.
//
// The account's own database is the truth for its plan and types; what stands here are copies for
// listing.
#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>
#include <wharf/model/account.hpp>
#include <wharf/values/text.hpp>
#include <wharf/values/time.hpp>

#include "host/storage/session.hpp"
#include "host/storage/table.hpp"

namespace wharf::accounts {

// creating -> active -> deleting; the first and the last are finished when the host starts again.
enum class AccountPhase { creating, active, deleting };
BOOST_DESCRIBE_ENUM(AccountPhase, creating, active, deleting)

// What the directory keeps of an account's own settings.
struct AccountCopy {
    std::string name;
    Plan plan = Plan::growth;
    AccountType account_type = AccountType::seller;
    InventoryType inventory_type = InventoryType::non_serialized;
};

struct NewAccount {
    AccountCode code;
    AccountCopy copy;
    // Everything the initialiser needs, kept until the account is active; opaque to this room.
    std::string settings;
    Instant created_at;
};

struct AccountRecord {
    AccountCode code;
    AccountCopy copy;
    std::string placement;  // which engine or cluster holds it
    std::int64_t placement_epoch = 1;
    std::string incarnation;
    AccountPhase phase = AccountPhase::creating;
    std::string settings;  // empty once active
    std::optional<Instant> next_due_at;
    Instant created_at;
};

// Migrations 10 to 49; of account zero only.
storage::Schema directory_schema();

// Adds it in the phase creating. Refuses a code that is taken (conflict `account_exists`) or that
// could not stand in a URL (letters, digits, `-` and `_`, at most 64).
AccountRecord add_account(storage::Session& session, const NewAccount& account);

std::optional<AccountRecord> find_account(storage::Session& session, const AccountCode& code);

// By code, those after `after`, at most `limit` (and kDirectoryPageMax).
std::vector<AccountRecord> list_accounts(storage::Session& session, const AccountCode& after,
                                         std::size_t limit);
std::vector<AccountCode> accounts_in(storage::Session& session, AccountPhase phase);

// Refuses not_found, as all of the following do.
void set_phase(storage::Session& session, const AccountCode& code, AccountPhase phase);
void update_copy(storage::Session& session, const AccountCode& code, const AccountCopy& copy);
// With its keys. The code may be given out again.
void erase_account(storage::Session& session, const AccountCode& code);

// Lowered before the account commits a new due instant, set after it has worked one off: so that
// the directory never knows a later instant than the account.
void lower_next_due(storage::Session& session, const AccountCode& code, Instant due);
void set_next_due(storage::Session& session, const AccountCode& code, std::optional<Instant> due);
std::vector<AccountCode> due_accounts(storage::Session& session, Instant now, std::size_t limit);
// Active ones of which nobody knows when they are due.
std::vector<AccountCode> accounts_without_due(storage::Session& session);

}  // namespace wharf::accounts
