#include "host/http/account_gate.hpp"

#include <wharf/refusal.hpp>

namespace wharf::http {

AccountGate::Ticket AccountGate::enter(std::string_view account) {
    const std::lock_guard lock(mutex_);
    auto& count = inside_[std::string(account)];
    if (count >= inside_max_) {
        throw Refusal::unavailable("account_busy",
                                   "too many requests wait for this account at the moment",
                                   "send it again, unchanged, after Retry-After seconds");
    }
    ++count;
    return {*this, std::string(account)};
}

void AccountGate::leave(const std::string& account) {
    const std::lock_guard lock(mutex_);
    const auto found = inside_.find(account);
    if (--found->second == 0) inside_.erase(found);
}

}  // namespace wharf::http
