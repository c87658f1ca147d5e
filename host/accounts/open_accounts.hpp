// The accounts that are open: at most so many, never one twice, the one unused for longest closed
// first. Knows neither the directory nor what an account is made of.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>
#include <wharf/values/text.hpp>

#include "host/accounts/account.hpp"

namespace wharf::accounts {

// From any thread. An account is really closed when its last holder lets it go, whoever that is;
// until then its name cannot be opened again.
class OpenAccounts {
public:
    using Opener = std::function<std::unique_ptr<Account>(const AccountCode&)>;

    OpenAccounts(std::size_t open_max, Opener opener)
        : open_max_(open_max), opener_(std::move(opener)) {}
    OpenAccounts(const OpenAccounts&) = delete;
    OpenAccounts& operator=(const OpenAccounts&) = delete;
    // Waits for every holder.
    ~OpenAccounts() { close_all(); }

    // The open account, or a newly opened one. Throws what the opener throws, and Refusal
    // unavailable when as many as may be are open and all of them are in use.
    std::shared_ptr<Account> get(const AccountCode& code);

    // Drains the account's strand and returns when it is closed; for removing it.
    void close(const AccountCode& code);
    // No account is opened any more; drains and closes all.
    void close_all();

    [[nodiscard]] std::size_t count();
    [[nodiscard]] std::size_t max() const { return open_max_; }

private:
    struct Slot {
        std::shared_ptr<Account> account;  // none while it is being opened or closed
        std::list<AccountCode>::iterator place;
    };
    using Slots = std::unordered_map<AccountCode, Slot>;

    std::shared_ptr<Account> touch(Slot& slot);
    std::shared_ptr<Account> take_idle();
    void make_room(std::unique_lock<std::mutex>& lock);
    std::shared_ptr<Account> open(const AccountCode& code);
    void drain(std::vector<std::shared_ptr<Account>> accounts, std::unique_lock<std::mutex>& lock);
    void forget(const AccountCode& code);

    std::size_t open_max_;
    Opener opener_;
    std::mutex mutex_;
    std::condition_variable changed_;
    Slots slots_;
    std::list<AccountCode> by_recency_;  // of the slots, the latest first
    bool stopping_ = false;
};

}  // namespace wharf::accounts
