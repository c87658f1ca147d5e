// Supply that is still to come, read as one list from every kind of document that brings goods: a
// new kind is one more branch of the union.
#pragma once

#include <optional>
#include <vector>

#include "host/domain/transaction.hpp"
#include "wharf/operations/planning.hpp"

namespace wharf::domain {

// What to read; empty fields mean all.
struct SupplyFilter {
    const std::optional<Sku>& sku;
    const std::optional<LocationCode>& location;
    bool unpegged_only = true;
    bool purchase_orders = true;
    bool in_transit = true;
    bool quality_check = true;
};

// Where a page of supply begins: behind this line. Goods in quality check have no day and come
// first; orders without one come last.
struct SupplyMark {
    std::int64_t day = -1;
    std::string number;
    std::int32_t line = 0;
};
SupplyMark mark_of(const planning::Supply& supply);

// Earliest expected first, at most `limit`.
std::vector<planning::Supply> read_supply(Transaction& transaction, const SupplyFilter& filter,
                                          const SupplyMark& after, std::size_t limit);

// One supply line that still owes something, or nothing: there is none, or the actor may not see
// it.
std::optional<planning::Supply> find_supply(Transaction& transaction, const SupplyLine& line);
// Whoever asks.
std::optional<planning::Supply> read_supply_line(Transaction& transaction, const SupplyLine& line);

}  // namespace wharf::domain
