#include "host/accounts/open_accounts.hpp"

#include <utility>
#include <wharf/refusal.hpp>

namespace wharf::accounts {

std::shared_ptr<Account> OpenAccounts::get(const AccountCode& code) {
    std::unique_lock lock(mutex_);
    while (true) {
        if (stopping_) throw Refusal::unavailable("stopping", "the host is stopping", "try again");
        auto known = slots_.find(code);
        if (known == slots_.end()) {
            if (slots_.size() < open_max_) break;
            make_room(lock);
        } else if (known->second.account) {
            return touch(known->second);
        } else {
            changed_.wait(lock);
        }
    }
    by_recency_.push_front(code);
    slots_.emplace(code, Slot{nullptr, by_recency_.begin()});
    lock.unlock();
    return open(code);
}

std::shared_ptr<Account> OpenAccounts::touch(Slot& slot) {
    by_recency_.splice(by_recency_.begin(), by_recency_, slot.place);
    return slot.account;
}

// The slot stands already, without an account: whoever else wants it waits.
std::shared_ptr<Account> OpenAccounts::open(const AccountCode& code) {
    std::unique_ptr<Account> opened;
    try {
        opened = opener_(code);
    } catch (...) {
        forget(code);
        throw;
    }
    std::shared_ptr<Account> account(opened.release(), [this, code](Account* closing) {
        delete closing;
        forget(code);
    });
    std::lock_guard lock(mutex_);
    slots_.at(code).account = account;
    changed_.notify_all();
    return account;
}

void OpenAccounts::forget(const AccountCode& code) {
    std::lock_guard lock(mutex_);
    auto known = slots_.find(code);
    by_recency_.erase(known->second.place);
    slots_.erase(known);
    changed_.notify_all();
}

// Closing syncs files: the account is let go outside the lock, its name stays taken until then.
void OpenAccounts::make_room(std::unique_lock<std::mutex>& lock) {
    auto victim = take_idle();
    if (!victim) {
        throw Refusal::unavailable("accounts_busy", "too many accounts are in use at once",
                                   "try again in a second");
    }
    lock.unlock();
    victim.reset();
    lock.lock();
}

// Only this map holds an idle account, and only under the lock can another holder come: a strand
// that is ready or in its turn counts as one.
std::shared_ptr<Account> OpenAccounts::take_idle() {
    for (auto code = by_recency_.rbegin(); code != by_recency_.rend(); ++code) {
        auto& slot = slots_.at(*code);
        if (slot.account && slot.account.use_count() == 1) return std::move(slot.account);
    }
    return nullptr;
}

// An account that is just being opened comes into its slot later: look again after every change.
void OpenAccounts::close(const AccountCode& code) {
    std::unique_lock lock(mutex_);
    while (true) {
        auto known = slots_.find(code);
        if (known == slots_.end()) return;
        if (known->second.account) {
            // Not a braced list: its copies would be let go under the lock.
            std::vector<std::shared_ptr<Account>> one(1);
            one.front() = std::move(known->second.account);
            drain(std::move(one), lock);
        } else {
            changed_.wait(lock);
        }
    }
}

void OpenAccounts::close_all() {
    std::unique_lock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
    while (!slots_.empty()) {
        std::vector<std::shared_ptr<Account>> open;
        for (auto& [code, slot] : slots_) {
            if (slot.account) open.push_back(std::move(slot.account));
        }
        if (open.empty()) {
            changed_.wait(lock);
        } else {
            drain(std::move(open), lock);
        }
    }
}

void OpenAccounts::drain(std::vector<std::shared_ptr<Account>> accounts,
                         std::unique_lock<std::mutex>& lock) {
    lock.unlock();
    for (auto& account : accounts) account->close();
    accounts.clear();  // the last holder closes, and forgets the slot under the lock
    lock.lock();
}

std::size_t OpenAccounts::count() {
    std::lock_guard lock(mutex_);
    return slots_.size();
}

}  // namespace wharf::accounts
