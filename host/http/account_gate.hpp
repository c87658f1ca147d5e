// Keeps one account from taking all workers: so many requests may be inside the pipeline for it at
// once, the next is refused and may come again.
#pragma once

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace wharf::http {

/// From any thread. Outlives its tickets.
class AccountGate {
public:
    class Ticket {
    public:
        Ticket(AccountGate& gate, std::string account)
            : gate_(&gate), account_(std::move(account)) {}
        Ticket(Ticket&& other) noexcept
            : gate_(std::exchange(other.gate_, nullptr)), account_(std::move(other.account_)) {}
        Ticket& operator=(Ticket&&) = delete;
        ~Ticket() {
            if (gate_ != nullptr) gate_->leave(account_);
        }

    private:
        AccountGate* gate_;
        std::string account_;
    };

    explicit AccountGate(std::size_t inside_max) : inside_max_(inside_max) {}

    /// Throws Refusal unavailable (`account_busy`).
    Ticket enter(std::string_view account);

private:
    void leave(const std::string& account);

    const std::size_t inside_max_;
    std::mutex mutex_;
    std::unordered_map<std::string, std::size_t> inside_;
};

}  // namespace wharf::http
