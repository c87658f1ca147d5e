// What an amendment makes of an order, worked out on the struct alone: the caller decides whether
// it is stored at once or waits for a second person.
#pragma once

#include "host/domain/purchase_order_store.hpp"
#include "host/domain/transaction.hpp"
#include "wharf/operations/purchasing.hpp"

namespace wharf::domain {

// Applies the request of a person or plugin to the order. Refuses all faults of the request at
// once, and (conflict `below_received`) a quantity below received + dispatched. Prices that follow
// from the vendor item are read again where vendor or quantity change.
void apply_amendment(Transaction& transaction, StoredPurchaseOrder& stored,
                     const purchasing::AmendOrder& request, SetBy author);

}  // namespace wharf::domain
