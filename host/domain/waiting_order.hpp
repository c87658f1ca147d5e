// The allocation order in SQL: which column of waiting_line sorts what waits. Missing values are
// stored as the largest integer; ties go by order number, then line.
#pragma once

#include <string_view>

#include "wharf/model/account.hpp"

namespace wharf::domain {

inline std::string_view allocation_column(const Policies& policies) {
    switch (*policies.allocation_order) {
        case AllocationOrder::promised_for:
            return "promised_for";
        case AllocationOrder::priority:
            return "priority";
        default:
            return "ordered_at";
    }
}

}  // namespace wharf::domain
