// The strand of one account: its writes, one after another, many in one durable commit.
//
// Units wait in a queue. A turn opens one transaction, runs what waits (and what arrives meanwhile)
// each in its own savepoint until the batch is full or has worked long enough, commits, and only
// then settles every unit of it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "host/accounts/unit.hpp"
#include "host/storage/engine.hpp"

namespace wharf::accounts {

class Strand {
public:
    // Runs first in every batch, inside its transaction. What it throws refuses all units of the
    // batch; a StorageError loses them.
    using AtBegin = std::function<void(storage::Session&)>;

    Strand(storage::Database& database, AtBegin at_begin)
        : database_(database), at_begin_(std::move(at_begin)) {}

    // From any thread. True when the strand was idle: then the caller must make it ready, once.
    // Throws Refusal unavailable when the queue is full or closed (retryable).
    [[nodiscard]] bool push(std::shared_ptr<Unit> unit);

    // One batch. For one executor at a time; true when more waits and another turn is due.
    bool turn();

    // Refuses new units and returns when those already taken are settled.
    void close();

    // Units pushed and not yet settled.
    [[nodiscard]] std::size_t waiting() const { return waiting_.load(std::memory_order_relaxed); }
    // Grows with every durable commit, before its replies leave: unchanged means that nothing has
    // been written since.
    [[nodiscard]] std::uint64_t commits() const { return commits_.load(std::memory_order_acquire); }

private:
    enum class Fate { committed, refused, lost, no_room };

    std::shared_ptr<Unit> next();
    Fate run_batch();
    Fate run_units();
    void run_one(Unit& unit);
    static Fate fate_of(const storage::StorageError& error);
    void refuse_all(const std::exception_ptr& error) noexcept;
    void take_whole_queue();
    void settle(Fate fate) noexcept;

    storage::Database& database_;
    AtBegin at_begin_;

    std::mutex mutex_;
    std::condition_variable idle_;
    std::deque<std::shared_ptr<Unit>> queue_;
    bool scheduled_ = false;  // ready or in a turn
    bool closed_ = false;
    std::atomic<std::size_t> waiting_ = 0;
    std::atomic<std::uint64_t> commits_ = 0;

    // Of the batch in its turn.
    struct Taken {
        std::shared_ptr<Unit> unit;
        Verdict verdict = Verdict::undo;
    };
    std::vector<Taken> batch_;
    Fate death_ = Fate::lost;  // of a batch whose transaction is gone
};

}  // namespace wharf::accounts
