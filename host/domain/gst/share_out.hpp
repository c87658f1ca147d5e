// Sharing an amount out so that the shares are exactly the amount.
#pragma once

#include <cstdint>
#include <vector>

#include "wharf/values/money.hpp"

namespace wharf::domain {

// Shares of `total` by weight, each a multiple of `step` (the minor unit): every share is rounded
// down and what is left goes, a step each, to the largest remainders, the first of equals first.
// Without any weight the first takes all. `total` is a multiple of `step`, nothing is negative.
std::vector<Money> share_out(Money total, const std::vector<std::int64_t>& weights,
                             std::int64_t step);

// The minor unit of a currency of so many decimals, in Money's micro-units.
constexpr std::int64_t minor_step(int minor_digits) {
    std::int64_t step = 1;
    for (int i = minor_digits; i < Money::kScale; ++i) step *= 10;
    return step;
}

}  // namespace wharf::domain
