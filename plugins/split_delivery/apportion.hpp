// Sharing a quantity out by weights, exactly.
#pragma once

#include <wharf/plugin.hpp>

#include <cstdint>
#include <vector>

namespace split_delivery {

// One who takes part. Weights are not negative and in units of their own: only their ratio counts.
struct Claim {
    wharf::LocationCode location;
    std::int64_t weight = 0;
};

// What each claim gets of `total`, in the order of the claims: its exact share rounded down, and
// one more for those with the largest remainders, ties by location code, then by position. The
// parts always add up to `total`. Precondition: some weight is positive.
std::vector<std::int64_t> apportion(std::int64_t total, const std::vector<Claim>& claims);

}  // namespace split_delivery
