// All accounts of the installation: the directory (account zero), opening on demand, creating and
// removing. The rooms above hand in what an account consists of.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>
#include <wharf/values/time.hpp>

#include "host/accounts/account.hpp"
#include "host/accounts/directory.hpp"
#include "host/accounts/key_ring.hpp"
#include "host/accounts/open_accounts.hpp"
#include "host/limits.hpp"
#include "host/storage/engine.hpp"

namespace wharf::accounts {

struct AccountsSetup {
    // The tables of the rooms above; numbers from 100. The directory may have some as well (audit).
    storage::Schema account_schema = {};
    storage::Schema directory_schema = {};
    // Fills a new account from its record's settings, once, in the same unit that makes it exist.
    std::function<void(storage::Session&, const AccountRecord&)> initialise = {};
    // First in every batch of every account; see Strand::AtBegin.
    Account::AtBegin at_begin = {};
    std::size_t executors = Executors::default_threads();
    std::size_t open_max = limits::kOpenAccountsMax;
};

// From any thread, unless it says otherwise. Outlives every account that it gave out: its
// destructor waits for them.
class Accounts {
public:
    // Opens the directory and finishes what a crash left half done (accounts being created or
    // removed). What cannot be finished now stays as it is and stands in faults_at_start().
    Accounts(storage::Engine& engine, AccountsSetup setup);
    Accounts(const Accounts&) = delete;
    Accounts& operator=(const Accounts&) = delete;
    ~Accounts() { stop(); }

    // Account zero. Its strand has a thread of its own, so that a unit of any account may wait for
    // the directory; the reverse is forbidden.
    [[nodiscard]] Account& directory() { return *directory_; }
    [[nodiscard]] KeyRing& keys() { return *keys_; }

    // Refuses not_found for an account that is not there, or not active.
    std::shared_ptr<Account> open(const AccountCode& code) { return open_.get(code); }
    [[nodiscard]] std::size_t open_count() { return open_.count(); }
    // As many as the system's limit of open files allows.
    [[nodiscard]] std::size_t open_max() const { return open_.max(); }

    // add_account and finish_creating in one. Not from an executor.
    AccountRecord create(const NewAccount& account);
    // For an account that add_account has put into the directory: makes its database, fills it, and
    // makes it active. Again is fine.
    AccountRecord finish_creating(const AccountCode& code);
    // Drains it, removes its database, its keys and its record. Waits for every holder, so the
    // caller must not be one. Not from an executor.
    void remove(const AccountCode& code);

    [[nodiscard]] const std::vector<std::string>& faults_at_start() const { return faults_; }

    // Settles what was taken, refuses what comes, closes every database.
    void stop();

private:
    std::unique_ptr<Account> open_one(const AccountCode& code);
    std::unique_ptr<Account> open_database(const AccountRecord& record);
    void initialise_alone(const AccountRecord& record);
    void finish_removing(const AccountCode& code);
    void resume();
    [[nodiscard]] std::optional<AccountRecord> record_of(const AccountCode& code);

    storage::Engine& engine_;
    AccountsSetup setup_;
    Executors directory_executors_;
    Executors executors_;
    std::shared_ptr<Account> directory_;
    std::unique_ptr<KeyRing> keys_;
    std::mutex lifecycle_;  // one account is created or removed at a time
    std::vector<std::string> faults_;
    OpenAccounts open_;
};

}  // namespace wharf::accounts
