// Charges and tax of an order over several places: its legs bear them, the parent shows their sum.
#pragma once

#include "host/domain/transaction.hpp"
#include "wharf/model/purchasing.hpp"

namespace wharf::domain {

// Sets charges, tax, round-off and total of the parent and of its lines to the sums over its legs.
// A leg of which nothing is ordered any more bears nothing. Where legs are supplied in different
// ways the summary names no place of supply, and a reason says so.
void sum_tax_of_legs(Transaction& transaction, PurchaseOrder& parent);

}  // namespace wharf::domain
