#include "host/accounts/run.hpp"

#include <utility>

namespace wharf::accounts {

Refusal storage_full() {
    return Refusal::unavailable("storage_full", "the host's disk is full: nothing was stored",
                                "reads go on; write again when there is room");
}

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
    if (*outcome_ == Outcome::no_room) throw storage_full();
    if (*outcome_ == Outcome::lost) {
        throw Refusal::unavailable("not_committed", "the write could not be made durable",
                                   "try again; the idempotency key tells whether it was done");
    }
    // Handed over: what the work threw ends with its catcher, not on the executor with the unit.
    if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
}

}  // namespace wharf::accounts
