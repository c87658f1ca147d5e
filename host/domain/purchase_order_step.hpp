// The steps of one purchase order, on its own or as a leg, and of a parent, whose legs take them.
// Each saves and records what it did and gives the order as the caller is shown it.
#pragma once

#include "host/domain/purchase_order_store.hpp"
#include "host/domain/transaction.hpp"

namespace wharf::domain {

PurchaseOrder submit_one(Transaction& transaction, StoredPurchaseOrder& stored);
PurchaseOrder approve_one(Transaction& transaction, StoredPurchaseOrder& stored);
PurchaseOrder reject_one(Transaction& transaction, StoredPurchaseOrder& stored,
                         const std::optional<Reason>& reason);
PurchaseOrder cancel_one(Transaction& transaction, StoredPurchaseOrder& stored,
                         const std::optional<Reason>& reason);
PurchaseOrder close_one(Transaction& transaction, StoredPurchaseOrder& stored,
                        const std::optional<Reason>& reason);

// All legs that the step is for, or none. With `separately` a parent is neither approved nor
// rejected: its legs are.
PurchaseOrder submit_legs(Transaction& transaction, const StoredPurchaseOrder& parent);
PurchaseOrder approve_legs(Transaction& transaction, const StoredPurchaseOrder& parent);
PurchaseOrder reject_legs(Transaction& transaction, const StoredPurchaseOrder& parent,
                          const std::optional<Reason>& reason);
PurchaseOrder cancel_legs(Transaction& transaction, const StoredPurchaseOrder& parent,
                          const std::optional<Reason>& reason);
// Legs that nothing came for are cancelled.
PurchaseOrder close_legs(Transaction& transaction, const StoredPurchaseOrder& parent,
                         const std::optional<Reason>& reason);

}  // namespace wharf::domain
