// A unit: one piece of work on one account that is kept or undone as a whole. The strand knows
// nothing else of it.
#pragma once

#include <exception>

#include "host/storage/session.hpp"

namespace wharf::accounts {

// What the unit wants: its effects kept, or rolled back (a dry run, a refusal).
enum class Verdict { keep, undo };

// What became of it. `committed` and `undone` are told after the durable commit of the whole batch,
// so that no reply shows what a crash could take back. `lost`: the batch died or its commit failed;
// whether this unit's effects are there is unknown, the answer is 503 and retryable. `no_room`: the
// same because the disk is full, so that whoever waits can be told.
enum class Outcome { committed, undone, lost, no_room };

// Every call is made by one executor thread, in the order run, failed (perhaps), settled. `settled`
// comes exactly once for every unit that was taken, whatever happened.
class Unit {
public:
    virtual ~Unit() = default;

    // Works in its own savepoint. An exception undoes the unit as Verdict::undo does.
    virtual Verdict run(storage::Session& session) = 0;
    // What run() threw, or what the batch's first check refused for all of its units.
    virtual void failed(std::exception_ptr error) noexcept = 0;
    virtual void settled(Outcome outcome) noexcept = 0;
};

}  // namespace wharf::accounts
