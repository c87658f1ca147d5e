// A machine that loses its power: an SQLite file system over the real one that knows, for every
// file, what was synced and what was only written. At a chosen step the power goes: from then on
// nothing is written any more. Afterwards the files are made what a disk may hold then: of each
// sector that was written and not synced, the new bytes, the old ones, the first of the new, or
// rubbish where the new ones should be.
//
// What is taken for granted, as SQLite does: a write changes no byte outside of its range, and a
// sync that returned is true. A file that was made and never synced may be gone; a removal is
// final.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace wharf::storage::sqlite {

// Made before the engine whose Settings::vfs is name(), and destroyed after it. Threads: any.
class PowerLoss {
public:
    struct State;  // what SQLite's calls are given

    explicit PowerLoss(std::uint32_t seed);
    PowerLoss(const PowerLoss&) = delete;
    PowerLoss& operator=(const PowerLoss&) = delete;
    ~PowerLoss();

    // For Settings::vfs.
    [[nodiscard]] const std::string& name() const;
    // The power goes at the n-th write, truncation or sync from now, which itself does not happen
    // (a write: perhaps in part).
    void cut_after(std::int64_t n);
    [[nodiscard]] bool is_cut() const;
    // From now on a sync says that it is done and does nothing: the disk that a proof must notice.
    void lie();
    // Steps seen so far.
    [[nodiscard]] std::int64_t steps() const;
    // Once everything is closed: leaves on the disk what may be found there. Gives the number of
    // sectors that were not left as they had been written.
    std::int64_t lose();

private:
    std::unique_ptr<State> state_;
};

}  // namespace wharf::storage::sqlite
