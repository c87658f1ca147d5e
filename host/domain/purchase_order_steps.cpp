// The steps of an order from draft to its end: submit, approve, reject, cancel, close.
#include "host/domain/approval.hpp"
#include "host/domain/catalog.hpp"
#include "host/domain/pending_amendment.hpp"
#include "host/domain/purchase_order.hpp"
#include "host/domain/purchase_order_balance.hpp"
#include "host/domain/purchase_order_flow.hpp"
#include "host/domain/purchase_order_serials.hpp"
#include "host/domain/purchase_order_store.hpp"
#include "wharf/events.hpp"

namespace wharf::domain {
namespace {

using enum PurchaseOrderStatus;

StoredPurchaseOrder load_for_change(Transaction& transaction, const DocumentNumber& number) {
    auto stored = load_purchase_order(transaction, number);
    transaction.check_version(stored.order.version);
    return stored;
}

void refuse_empty(const PurchaseOrder& order) {
    if (!nothing_outstanding(order)) return;
    throw Refusal::conflict("nothing_ordered", order.number.text() + " orders nothing any more",
                            "raise a quantity, or cancel the order");
}

void refuse_dispatched(const PurchaseOrder& order) {
    if (!something_dispatched(order)) return;
    throw Refusal::conflict("already_dispatched",
                            "goods of " + order.number.text() + " are on the way",
                            "receive them first");
}

void refuse_unusable_vendor(Transaction& transaction, const PurchaseOrder& order) {
    const auto vendor = find_vendor(transaction, order.vendor);
    if (vendor && vendor->active && !vendor->hold) return;
    throw Refusal::conflict("vendor_unusable",
                            "the vendor \"" + order.vendor.text() + "\" is on hold or inactive",
                            "take the hold off, or amend the order to another vendor");
}

// Why an order of this status cannot be handed in, approved, ... and what can be done instead.
std::string way_out(const PurchaseOrder& order) {
    switch (order.status) {
        case draft:
            return "submit it first";
        case waiting_for_approval:
            return "approve or reject it";
        case approved:
            return "it stands; amend, cancel or close it";
        default:
            return "make a new order";
    }
}

// Ends the order without goods: everything is called off and its demand is need again.
template <class Event>
PurchaseOrder end(Transaction& transaction, StoredPurchaseOrder& stored, PurchaseOrderStatus status,
                  const std::optional<Reason>& reason) {
    stored.order.reason = reason;
    call_off(stored);
    stored.order.status = status;
    stored.order.pending_amendment.reset();
    save_purchase_order(transaction, stored);
    fit_pegs(transaction, stored);
    return recorded<Event>(transaction, stored);
}

}  // namespace

PurchaseOrder submit_purchase_order(Transaction& transaction,
                                    const purchasing::SubmitOrder& request) {
    auto stored = load_for_change(transaction, request.number);
    if (stored.order.status != draft)
        refuse_status(stored.order, "submitted", way_out(stored.order));
    refuse_empty(stored.order);
    stored.order.status = waiting_for_approval;
    stored.order.submitted_by = transaction.actor().name;
    save_purchase_order(transaction, stored);
    return recorded<event::PurchaseOrderSubmitted>(transaction, stored);
}

PurchaseOrder approve_purchase_order(Transaction& transaction,
                                     const purchasing::ApproveOrder& request) {
    auto stored = load_for_change(transaction, request.number);
    if (stored.order.pending_amendment) {
        return approve_pending_amendment(transaction, std::move(stored));
    }
    if (stored.order.status != waiting_for_approval) {
        refuse_status(stored.order, "approved", way_out(stored.order));
    }
    refuse_empty(stored.order);
    check_order_approver(transaction, stored);
    refuse_unusable_vendor(transaction, stored.order);
    stored.order.status = approved;
    stored.order.approved_by = transaction.actor().name;
    make_serials(transaction, stored);
    save_purchase_order(transaction, stored);
    return recorded<event::PurchaseOrderApproved>(transaction, stored);
}

PurchaseOrder reject_purchase_order(Transaction& transaction,
                                    const purchasing::RejectOrder& request) {
    auto stored = load_for_change(transaction, request.number);
    if (stored.order.pending_amendment) {
        return reject_pending_amendment(transaction, std::move(stored));
    }
    if (stored.order.status != waiting_for_approval) {
        refuse_status(stored.order, "rejected",
                      stored.order.status == draft ? "cancel it instead" : way_out(stored.order));
    }
    return end<event::PurchaseOrderRejected>(transaction, stored, rejected, request.reason);
}

PurchaseOrder cancel_purchase_order(Transaction& transaction,
                                    const purchasing::CancelOrder& request) {
    auto stored = load_for_change(transaction, request.number);
    if (!is_live(stored.order.status)) {
        refuse_status(stored.order, "cancelled", "it is over already");
    }
    refuse_dispatched(stored.order);
    if (something_received(stored.order)) {
        throw Refusal::conflict("already_received",
                                "goods of " + stored.order.number.text() + " were received",
                                "close it instead: what is outstanding is called off");
    }
    return end<event::PurchaseOrderCancelled>(transaction, stored, cancelled, request.reason);
}

PurchaseOrder close_purchase_order(Transaction& transaction,
                                   const purchasing::CloseOrder& request) {
    auto stored = load_for_change(transaction, request.number);
    if (stored.order.status != approved) {
        refuse_status(stored.order, "closed",
                      is_live(stored.order.status) ? "cancel it instead" : "it is over already");
    }
    refuse_dispatched(stored.order);
    if (!something_received(stored.order)) {
        throw Refusal::conflict("nothing_received",
                                "nothing of " + stored.order.number.text() + " was received",
                                "cancel it instead");
    }
    stored.order.closed = true;
    return end<event::PurchaseOrderClosed>(transaction, stored, completed, request.reason);
}

}  // namespace wharf::domain
