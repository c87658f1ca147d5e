#include "apportion.hpp"

#include <algorithm>
#include <numeric>

namespace split_delivery {

using wharf::Int128;

std::vector<std::int64_t> apportion(std::int64_t total, const std::vector<Claim>& claims) {
    Int128 weights = 0;
    for (const auto& claim : claims) weights += claim.weight;
    std::vector<std::int64_t> parts;
    std::vector<Int128> remainders;
    std::int64_t left = total;
    for (const auto& claim : claims) {
        const Int128 exact = Int128{total} * claim.weight;
        parts.push_back(static_cast<std::int64_t>(exact / weights));
        remainders.push_back(exact % weights);
        left -= parts.back();
    }
    std::vector<std::size_t> order(claims.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (remainders[a] != remainders[b]) return remainders[a] > remainders[b];
        return claims[a].location < claims[b].location;
    });
    // Fewer are left than there are remainders: each is less than one.
    for (std::size_t i = 0; left > 0; ++i, --left) ++parts[order[i]];
    return parts;
}

}  // namespace split_delivery
