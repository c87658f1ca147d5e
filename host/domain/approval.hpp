// Who may approve what: past the account's limit an order needs a second person.
#pragma once

#include "host/domain/purchase_order_store.hpp"
#include "host/domain/transaction.hpp"

namespace wharf::domain {

// Worth more than one person may approve alone.
bool past_approval_limit(const Transaction& transaction, Money amount);

// Past the limit: refuses (forbidden `second_person_needed`) who made, changed or submitted the
// order.
// Of a leg what the whole parent is worth counts: splitting an order is no way around the limit.
void check_order_approver(Transaction& transaction, const StoredPurchaseOrder& stored);
// The same for a pending amendment that would make the order worth `amount`.
void check_amendment_approver(Transaction& transaction, const StoredPurchaseOrder& stored,
                              Money amount);

// Whether a change from `before` to `after` of an approved order has to wait for a second person:
// another vendor or price, or a value raised past the limit.
bool amendment_must_wait(Transaction& transaction, const PurchaseOrder& before,
                         const PurchaseOrder& after);

}  // namespace wharf::domain
