#include "host/domain/tolerance.hpp"

#include <algorithm>

namespace wharf::domain {
namespace {

bool applies(const Tolerance& rule, const ToleranceKey& key) {
    return (!rule.vendor || rule.vendor == key.vendor) && (!rule.sku || *rule.sku == key.sku) &&
           (!rule.location || *rule.location == key.location);
}

int weight(const Tolerance& rule) {
    return (rule.sku ? 4 : 0) + (rule.vendor ? 2 : 0) + (rule.location ? 1 : 0);
}

}  // namespace

Tolerance tolerance_for(const Policies& policies, const ToleranceKey& key) {
    const Tolerance* best = nullptr;
    for (const auto& rule : *policies.tolerances) {
        if (applies(rule, key) && (best == nullptr || weight(rule) > weight(*best))) best = &rule;
    }
    return best == nullptr ? Tolerance() : *best;
}

Quantity receivable(const Tolerance& tolerance, Quantity ordered, Money unit_price) {
    auto more = std::max(tolerance.percent->floor_of(ordered), Quantity(*tolerance.absolute));
    if (tolerance.value && unit_price > Money()) {
        more = std::min(more, Quantity(tolerance.value->raw() / unit_price.raw()));
    }
    return ordered + more;
}

}  // namespace wharf::domain
