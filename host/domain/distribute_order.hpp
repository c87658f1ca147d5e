// Purchase orders over several places: the operations of operations/purchase_legs.hpp.
#pragma once

#include "host/domain/transaction.hpp"
#include "wharf/operations/purchase_legs.hpp"

namespace wharf::domain {

PurchaseOrder distribute_order(Transaction& transaction,
                               const purchasing::DistributeOrder& request);
PurchaseOrder group_orders(Transaction& transaction, const purchasing::GroupOrders& request);

}  // namespace wharf::domain
