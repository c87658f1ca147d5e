// Runs a piece of work as one unit and waits until it is settled: for HTTP workers, the command
// line and tests. Never for an executor thread, which would wait for itself.
#pragma once

#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <type_traits>
#include <utility>
#include <wharf/refusal.hpp>

#include "host/accounts/account.hpp"

namespace wharf::accounts {

// What a writer is told when the disk is full.
Refusal storage_full();

// The part of a waiting unit that does not depend on its work.
class WaitingUnit : public Unit {
public:
    void failed(std::exception_ptr error) noexcept override { error_ = std::move(error); }
    void settled(Outcome outcome) noexcept override;

    // Returns when the unit is settled; throws what it threw, or Refusal unavailable
    // (`not_committed`, `storage_full`) when it was lost.
    void wait();

private:
    // Not std::atomic::wait: it yields the processor several times before it sleeps, which costs
    // more than the sleep when 64 clients wait on two cores.
    std::mutex mutex_;
    std::condition_variable told_;
    std::optional<Outcome> outcome_;
    std::exception_ptr error_;
};

// What `work(session)` returned, after its commit; `Verdict::undo` is a dry run. Throws what the
// work threw (its effects are undone then), or Refusal unavailable.
template <class Work>
auto run(Account& account, Work work, Verdict verdict = Verdict::keep) {
    using Result = std::invoke_result_t<Work&, storage::Session&>;
    constexpr bool kNothing = std::is_void_v<Result>;

    struct WorkUnit final : WaitingUnit {
        WorkUnit(Work given, Verdict wanted) : work(std::move(given)), verdict_wanted(wanted) {}
        Verdict run(storage::Session& session) override {
            if constexpr (kNothing) {
                work(session);
            } else {
                result.emplace(work(session));
            }
            return verdict_wanted;
        }
        Work work;
        Verdict verdict_wanted;
        std::optional<std::conditional_t<kNothing, bool, Result>> result;
    };

    auto unit = std::make_shared<WorkUnit>(std::move(work), verdict);
    account.submit(unit);
    unit->wait();
    if constexpr (!kNothing) return std::move(*unit->result);
}

}  // namespace wharf::accounts
