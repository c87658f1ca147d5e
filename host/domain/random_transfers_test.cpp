// Thousands of random transfers between three locations, with orders, counts, losses and locks in
// between: every invariant holds at every look (T1: what comes out of transit is worth what went
// in), and in the end nothing is in transit. WHARF_TRANSFERS says how many (script/prove
// --transfers).
#include <algorithm>
#include <cstdlib>
#include <iostream>

#include "host/domain/testing/random_moves.hpp"

namespace wharf::domain::testing {
namespace {

constexpr int kSeeds = 4;

int transfers_of_each_seed() {
    const char* all = std::getenv("WHARF_TRANSFERS");
    return std::max(1, (all == nullptr ? 1000 : std::atoi(all)) / kSeeds);
}

class RandomTransfers : public ::testing::TestWithParam<unsigned> {};

TEST_P(RandomTransfers, KeepEveryInvariant) {
    const int transfers = transfers_of_each_seed();
    RandomMoves moves(GetParam());
    for (int steps = 1; moves.made() < transfers; ++steps) {
        moves.step();
        if (steps % 500 != 0) continue;
        moves.account().expect_sound();
        if (HasFailure()) FAIL() << "after step " << steps;
    }
    moves.account().expect_sound();
    moves.finish_all();
    moves.account().expect_sound();
    const auto transit = moves.account().outside("@transit");
    EXPECT_EQ(transit.on_hand.raw(), 0);
    EXPECT_EQ(transit.value, Money());

    // The run means something only when all of it happened, and often.
    const auto& seen = moves.seen();
    EXPECT_GT(seen.dispatched, transfers / 3);
    EXPECT_GT(seen.received, seen.dispatched / 2);
    EXPECT_GT(seen.cancelled, transfers / 20);
    for (const auto resolved : seen.resolved) EXPECT_GT(resolved, transfers / 100);
    EXPECT_GT(seen.excess, transfers / 100);
    EXPECT_GT(seen.refused, transfers / 10) << "nothing wrong was tried";
    std::cout << "proof: transfers: " << moves.made() << " made, " << seen.text() << std::endl;
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomTransfers, ::testing::Range(0U, unsigned{kSeeds}));

}  // namespace
}  // namespace wharf::domain::testing
