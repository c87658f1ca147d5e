// The operations on stock: adjustments, moves between bins, and what one can see of it.
#pragma once

#include "host/domain/transaction.hpp"
#include "wharf/operations/inventory.hpp"

namespace wharf::domain {

inventory::Adjustment adjust(Transaction& transaction, const inventory::Adjust& request);
Page<Movement> move_bin(Transaction& transaction, const inventory::MoveBin& request);

Page<StockItem> levels(Transaction& transaction, const inventory::Levels& request);
Page<Movement> movements(Transaction& transaction, const inventory::Movements& request);
SerialState get_serial(Transaction& transaction, const inventory::GetSerial& request);
inventory::Verification verify(Transaction& transaction, const inventory::Verify& request);

}  // namespace wharf::domain
