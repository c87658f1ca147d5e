// What a purchase order is taxed with: by its vendor's tax status and state, and the state of the
// location that receives it.
#pragma once

#include "host/domain/purchase_order_store.hpp"

namespace wharf::domain {

// Works out charges, tax and total of what is still ordered, and marks lines whose shares changed.
// An order that was sent keeps the rule that it was sent with, whatever became of the catalog
// since; another vendor brings another rule.
void tax_purchase_order(Transaction& transaction, StoredPurchaseOrder& stored);

// A leg that is made of an order that was sent: who charges, from which state and at which rates
// stays what the order stated; the state that receives the leg decides about its components.
void keep_stated_tax(Transaction& transaction, StoredPurchaseOrder& leg, const TaxSummary& stated);

// What a purchase order owes beyond its taxable value and tax.
Money charges_after_tax(const PurchaseOrder& order);

}  // namespace wharf::domain
