// How much more than was ordered is taken at receipt, by the account's rules.
#pragma once

#include "wharf/model/account.hpp"
#include "wharf/model/purchasing.hpp"

namespace wharf::domain {

// What a tolerance is looked up for.
struct ToleranceKey {
    const std::optional<VendorCode>& vendor;
    const Sku& sku;
    const LocationCode& location;
};

// The most specific rule that applies: sku before vendor before location; among equals the first.
// Without any: nothing more is taken, and more is refused.
Tolerance tolerance_for(const Policies& policies, const ToleranceKey& key);

// The most that may be received of `ordered` units over all receipts of the line:
// n + max(floor(n x percent), absolute), and no more than the value limit allows at this price.
Quantity receivable(const Tolerance& tolerance, Quantity ordered, Money unit_price);

}  // namespace wharf::domain
