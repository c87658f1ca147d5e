// Adding up what several documents or lines bear: entries that are alike become one, in the order
// in which they first came.
#pragma once

#include <algorithm>
#include <vector>

#include "wharf/model/tax.hpp"

namespace wharf::domain {

// Charges of one name and kind are one charge.
inline bool alike(const Charge& a, const Charge& b) {
    return a.name == b.name && *a.before_tax == *b.before_tax;
}
inline void join(Charge& sum, const Charge& more) {
    sum.amount += more.amount;
}

inline bool alike(const TaxComponent& a, const TaxComponent& b) {
    return a.kind == b.kind && a.rate == b.rate;
}
inline void join(TaxComponent& sum, const TaxComponent& more) {
    sum.taxable += more.taxable;
    sum.amount += more.amount;
}

inline bool alike(const TaxShare& a, const TaxShare& b) {
    return a.kind == b.kind && a.rate == b.rate;
}
inline void join(TaxShare& sum, const TaxShare& more) {
    sum.amount += more.amount;
}

template <class T>
void add_up(std::vector<T>& sum, const std::vector<T>& more) {
    for (const auto& one : more) {
        const auto same =
            std::find_if(sum.begin(), sum.end(), [&](const T& known) { return alike(known, one); });
        if (same == sum.end()) {
            sum.push_back(one);
        } else {
            join(*same, one);
        }
    }
}

}  // namespace wharf::domain
