#include "host/domain/gst/share_out.hpp"

#include <algorithm>
#include <numeric>

namespace wharf::domain {

std::vector<Money> share_out(Money total, const std::vector<std::int64_t>& weights,
                             std::int64_t step) {
    std::vector<Money> shares(weights.size());
    if (weights.empty()) return shares;
    const auto whole = std::accumulate(weights.begin(), weights.end(), Int128{0});
    if (whole == 0) {
        shares.front() = total;
        return shares;
    }
    const Int128 steps = total.raw() / step;
    std::vector<Int128> remainders(weights.size());
    Int128 left = steps;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        const Int128 exact = steps * weights[i];
        remainders[i] = exact % whole;
        left -= exact / whole;
        shares[i] = Money::from_raw(checked_narrow(exact / whole * step));
    }
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return remainders[a] > remainders[b]; });
    for (std::size_t i = 0; left > 0; ++i, --left) {
        shares[order[i]] += Money::from_raw(step);
    }
    return shares;
}

}  // namespace wharf::domain
