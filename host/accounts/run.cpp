#include "host/accounts/run.hpp"

namespace wharf::accounts {

void WaitingUnit::settled(Outcome outcome) noexcept {
    {
        std::lock_guard lock(mutex_);
        outcome_ = outcome;
    }
    told_.notify_one();
}

void WaitingUnit::wait() {
    std::unique_lock lock(mutex_);
    told_.wait(lock, [this] { return outcome_.has_value(); });
    if (*outcome_ == Outcome::lost) {
        throw Refusal::unavailable("not_committed", "the write could not be made durable",
                                   "try again; the idempotency key tells whether it was done");
    }
    if (error_) std::rethrow_exception(error_);
}

}  // namespace wharf::accounts
