#include "host/accounts/run.hpp"

namespace wharf::accounts {

void WaitingUnit::settled(Outcome outcome) noexcept {
    outcome_.store(static_cast<int>(outcome), std::memory_order_release);
    outcome_.notify_one();
}

void WaitingUnit::wait() {
    outcome_.wait(kPending, std::memory_order_acquire);
    if (outcome_.load(std::memory_order_acquire) == static_cast<int>(Outcome::lost)) {
        throw Refusal::unavailable("not_committed", "the write could not be made durable",
                                   "try again; the idempotency key tells whether it was done");
    }
    if (error_) std::rethrow_exception(error_);
}

}  // namespace wharf::accounts
