// Purchase orders: every operation of operations/purchasing.hpp as a function on a transaction.
//
//   draft -> waiting_for_approval -> approved -> completed
//     any of the first three -> cancelled; waiting -> rejected; approved -> completed, closed
//
// What an actor may not see answers as not_found; an illegal step is a conflict that names the way
// out.
#pragma once

#include "host/domain/transaction.hpp"
#include "wharf/operations/purchasing.hpp"

namespace wharf::domain {

PurchaseOrder create_purchase_order(Transaction& transaction,
                                    const purchasing::CreateOrder& request);
PurchaseOrder amend_purchase_order(Transaction& transaction, const purchasing::AmendOrder& request);
PurchaseOrder submit_purchase_order(Transaction& transaction,
                                    const purchasing::SubmitOrder& request);
PurchaseOrder approve_purchase_order(Transaction& transaction,
                                     const purchasing::ApproveOrder& request);
PurchaseOrder reject_purchase_order(Transaction& transaction,
                                    const purchasing::RejectOrder& request);
PurchaseOrder cancel_purchase_order(Transaction& transaction,
                                    const purchasing::CancelOrder& request);
PurchaseOrder close_purchase_order(Transaction& transaction, const purchasing::CloseOrder& request);

PurchaseOrder get_purchase_order(Transaction& transaction, const purchasing::GetOrder& request);
Page<PurchaseOrder> list_purchase_orders(Transaction& transaction,
                                         const purchasing::ListOrders& request);

}  // namespace wharf::domain
