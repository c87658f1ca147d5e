// Everything that is decided about a receipt before anything moves: which order lines its lines are
// for, costs, lots, serials, and what goes beyond the tolerance.
#pragma once

#include <optional>
#include <vector>

#include "host/domain/purchase_order_store.hpp"
#include "host/domain/receipt_store.hpp"
#include "host/domain/transaction.hpp"
#include "wharf/model/catalog.hpp"
#include "wharf/operations/purchasing.hpp"

namespace wharf::domain {

struct PreparedLine {
    Product product;
    std::optional<std::size_t> order_index;  // of the order's lines
};

struct PreparedReceipt {
    StoredReceipt stored;  // not numbered yet
    std::vector<PreparedLine> lines;
    std::optional<StoredPurchaseOrder> order;
    bool must_wait = false;  // beyond a tolerance that asks for approval
};

// Whether what goes beyond a tolerance was approved by somebody.
enum class Beyond { by_policy, approved };

// Refuses all faults of the request at once, then (conflict `beyond_tolerance`) what is too much.
PreparedReceipt prepare_receipt(Transaction& transaction, const receiving::PostReceipt& request,
                                Beyond beyond);

}  // namespace wharf::domain
