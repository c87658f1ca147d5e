#include "host/accounts/strand.hpp"

#include <chrono>
#include <utility>
#include <wharf/refusal.hpp>

#include "host/accounts/strand_meters.hpp"
#include "host/limits.hpp"

namespace wharf::accounts {

using Clock = std::chrono::steady_clock;

StrandMeters& strand_meters() {
    static StrandMeters meters;
    return meters;
}

bool Strand::push(std::shared_ptr<Unit> unit) {
    std::lock_guard lock(mutex_);
    if (closed_) {
        throw Refusal::unavailable("account_closing", "the account is being closed", "try again");
    }
    if (queue_.size() >= limits::kStrandQueueMax) {
        throw Refusal::unavailable("account_busy", "too many writes are waiting for this account",
                                   "try again in a second");
    }
    queue_.push_back(std::move(unit));
    waiting_.fetch_add(1, std::memory_order_relaxed);
    ++strand_meters().waiting;
    return !std::exchange(scheduled_, true);
}

std::shared_ptr<Unit> Strand::next() {
    std::lock_guard lock(mutex_);
    if (queue_.empty()) return nullptr;
    auto unit = std::move(queue_.front());
    queue_.pop_front();
    return unit;
}

bool Strand::turn() {
    settle(run_batch());
    database_.tidy();
    std::lock_guard lock(mutex_);
    if (!queue_.empty()) return true;
    scheduled_ = false;
    idle_.notify_all();
    return false;
}

Strand::Fate Strand::run_batch() {
    try {
        database_.begin_batch();
        if (at_begin_) at_begin_(database_.writer());
    } catch (const storage::StorageError& error) {
        database_.rollback_batch();
        take_whole_queue();
        return fate_of(error);
    } catch (...) {
        database_.rollback_batch();
        take_whole_queue();
        refuse_all(std::current_exception());
        return Fate::refused;
    }
    if (const auto fate = run_units(); fate != Fate::committed) {
        database_.rollback_batch();
        return fate;
    }
    try {
        database_.commit_batch();
    } catch (const storage::StorageError& error) {
        return fate_of(error);
    } catch (const std::exception&) {
        return Fate::lost;
    }
    commits_.fetch_add(1, std::memory_order_release);
    ++strand_meters().batches;
    return Fate::committed;
}

Strand::Fate Strand::fate_of(const storage::StorageError& error) {
    return error.kind() == storage::StorageError::Kind::full ? Fate::no_room : Fate::lost;
}

// Not `committed` when the engine has given up the transaction, whether or not a unit noticed: what
// ran before is gone, and a further savepoint would commit by itself. The rest of the queue meets a
// new batch.
Strand::Fate Strand::run_units() {
    death_ = Fate::lost;
    const auto end = Clock::now() + limits::kBatchTimeMax;
    while (batch_.size() < limits::kBatchUnitsMax) {
        auto unit = next();
        if (!unit) break;
        batch_.push_back({std::move(unit)});
        run_one(*batch_.back().unit);
        if (!database_.writer().in_transaction()) return death_;
        if (Clock::now() >= end) break;
    }
    return Fate::committed;
}

void Strand::run_one(Unit& unit) {
    auto& verdict = batch_.back().verdict;
    try {
        storage::Savepoint savepoint(database_.writer());
        if (unit.run(database_.writer()) == Verdict::keep) {
            savepoint.keep();
            verdict = Verdict::keep;
        }
    } catch (const storage::StorageError& error) {
        if (error.poisoned()) death_ = fate_of(error);
        unit.failed(std::current_exception());
    } catch (...) {
        unit.failed(std::current_exception());
    }
}

void Strand::take_whole_queue() {
    std::lock_guard lock(mutex_);
    for (auto& unit : queue_) batch_.push_back({std::move(unit)});
    queue_.clear();
}

void Strand::refuse_all(const std::exception_ptr& error) noexcept {
    for (auto& taken : batch_) taken.unit->failed(error);
}

void Strand::settle(Fate fate) noexcept {
    auto& meters = strand_meters();
    waiting_.fetch_sub(batch_.size(), std::memory_order_relaxed);
    meters.waiting -= static_cast<std::int64_t>(batch_.size());
    for (auto& taken : batch_) {
        auto outcome = taken.verdict == Verdict::keep ? Outcome::committed : Outcome::undone;
        if (fate == Fate::lost) outcome = Outcome::lost;
        if (fate == Fate::no_room) outcome = Outcome::no_room;
        ++(outcome == Outcome::committed ? meters.committed
           : outcome == Outcome::undone  ? meters.undone
                                         : meters.lost);
        taken.unit->settled(outcome);
    }
    batch_.clear();
}

void Strand::close() {
    std::unique_lock lock(mutex_);
    closed_ = true;
    idle_.wait(lock, [this] { return !scheduled_; });
}

}  // namespace wharf::accounts
