// Reading the ledger: movements, the serials at a position, adjustments with their movements.
#pragma once

#include <optional>
#include <vector>

#include "host/domain/ledger.hpp"
#include "host/domain/transaction.hpp"
#include "wharf/operations/inventory.hpp"

namespace wharf::domain {

// The columns of a movement, in the order that read_movement expects.
constexpr std::string_view kMovementColumns =
    "id, at, sku, lot, quantity, from_location, from_bin, from_condition, to_location, to_bin, "
    "to_condition, value, reason, document";
Movement read_movement(const storage::Cursor& row);
void load_serials(Transaction& transaction, Movement& movement);

std::vector<Movement> movements_of(Transaction& transaction, const DocumentNumber& document);

std::vector<Serial> serials_at(Transaction& transaction, const Sku& sku,
                               const std::optional<LotCode>& lot, const Position& position);

void keep_adjustment(Transaction& transaction, const inventory::Adjustment& adjustment);
// Refuses not_found.
inventory::Adjustment find_adjustment(Transaction& transaction, const DocumentNumber& number);

}  // namespace wharf::domain
