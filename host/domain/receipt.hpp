// Goods receipts: every operation of wharf::receiving as a function on a transaction.
//
// Posting is all or nothing: header, lines, serials, movements, the order's balance, pegs and
// allocation happen together. What goes beyond its tolerance is refused, put aside as blocked, or
// makes the whole receipt wait for approval; a waiting receipt has moved nothing.
#pragma once

#include "host/domain/transaction.hpp"
#include "wharf/operations/purchase_legs.hpp"
#include "wharf/operations/purchasing.hpp"

namespace wharf::domain {

Receipt post_receipt(Transaction& transaction, const receiving::PostReceipt& request);
Receipt approve_receipt(Transaction& transaction, const receiving::ApproveReceipt& request);
// Decides on goods in quality check: accepted ones become sellable, rejected ones damaged. What is
// rejected here was received: the vendor owes it no more.
Receipt inspect_receipt(Transaction& transaction, const receiving::InspectReceipt& request);
// Takes a posted receipt back, or withdraws a waiting one.
Receipt reverse_receipt(Transaction& transaction, const receiving::ReverseReceipt& request);
Receipt set_vendor_invoice(Transaction& transaction, const receiving::SetVendorInvoice& request);
Receipt send_on(Transaction& transaction, const receiving::SendOn& request);
receiving::IssuedSerials issue_serials(Transaction& transaction,
                                       const receiving::IssueSerials& request);

Receipt get_receipt(Transaction& transaction, const receiving::GetReceipt& request);
Page<Receipt> list_receipts(Transaction& transaction, const receiving::ListReceipts& request);

}  // namespace wharf::domain
