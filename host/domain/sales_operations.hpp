// The operations on sales orders and on returns from customers. Each gives the document as it now
// is.
#pragma once

#include "host/domain/transaction.hpp"
#include "wharf/operations/sales.hpp"

namespace wharf::domain {

SalesOrder place_order(Transaction& transaction, const sales::PlaceOrder& request);
SalesOrder amend_order(Transaction& transaction, const sales::AmendOrder& request);
SalesOrder approve_order(Transaction& transaction, const sales::ApproveOrder& request);
SalesOrder cancel_order(Transaction& transaction, const sales::CancelOrder& request);
SalesOrder hold_order(Transaction& transaction, const sales::HoldOrder& request);
SalesOrder release_order(Transaction& transaction, const sales::ReleaseOrder& request);
SalesOrder allocate_order(Transaction& transaction, const sales::AllocateOrder& request);
SalesOrder release_reservation(Transaction& transaction, const sales::ReleaseReservation& request);
SalesOrder ship_order(Transaction& transaction, const sales::ShipOrder& request);
SalesOrder reverse_shipment(Transaction& transaction, const sales::ReverseShipment& request);

SalesOrder get_order(Transaction& transaction, const sales::GetOrder& request);
Page<SalesOrder> list_orders(Transaction& transaction, const sales::ListOrders& request);

CustomerReturn expect_return(Transaction& transaction, const sales::ExpectReturn& request);
CustomerReturn receive_return(Transaction& transaction, const sales::ReceiveReturn& request);
CustomerReturn get_return(Transaction& transaction, const sales::GetReturn& request);
Page<CustomerReturn> list_returns(Transaction& transaction, const sales::ListReturns& request);

}  // namespace wharf::domain
