// Demand that is not covered yet, in the account's allocation order.
#pragma once

#include <optional>
#include <vector>

#include "host/domain/transaction.hpp"
#include "wharf/operations/planning.hpp"

namespace wharf::domain {

// A waiting line and how much of it no supply is pegged to.
struct OpenDemand {
    DocumentNumber order;
    std::int32_t line = 0;
    Quantity open;
};

// Lines of a product at a location, first in allocation order first, until their open quantities
// reach `enough`. With `order` (and `order_line`) only those.
struct DemandFilter {
    const Sku& sku;
    const LocationCode& location;
    const std::optional<DocumentNumber>& order;
    const std::optional<std::int32_t>& order_line;
    const std::optional<Instant>& due_before;
};
std::vector<OpenDemand> open_demand(Transaction& transaction, const DemandFilter& filter,
                                    Quantity enough);

// The stored form of "no promise" and "no priority": sorts last.
inline constexpr std::int64_t kSortsLast = INT64_MAX;

// ` AND ...` that keeps lines within the horizon: promised no later, or not promised at all.
inline constexpr std::string_view kDueCondition =
    " AND (w.promised_for <= :due OR w.promised_for = :sorts_last)";

}  // namespace wharf::domain
