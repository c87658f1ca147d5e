// Deciding on an amendment that waits for a second person. The order stands as it was until then,
// so it is applied to the order as it is now and may be refused: then it is rejected or asked for
// anew.
#pragma once

#include "host/domain/purchase_order_store.hpp"
#include "host/domain/transaction.hpp"

namespace wharf::domain {

PurchaseOrder approve_pending_amendment(Transaction& transaction, StoredPurchaseOrder stored);
PurchaseOrder reject_pending_amendment(Transaction& transaction, StoredPurchaseOrder stored);

}  // namespace wharf::domain
