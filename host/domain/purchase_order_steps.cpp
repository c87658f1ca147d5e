// The steps of an order from draft to its end: submit, approve, reject, cancel, close.
#include "host/domain/approval.hpp"
#include "host/domain/catalog.hpp"
#include "host/domain/pending_amendment.hpp"
#include "host/domain/purchase_order.hpp"
#include "host/domain/purchase_order_balance.hpp"
#include "host/domain/purchase_order_flow.hpp"
#include "host/domain/purchase_order_legs.hpp"
#include "host/domain/purchase_order_serials.hpp"
#include "host/domain/purchase_order_step.hpp"
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

// A leg takes these steps with its parent; by itself only where its parent says so.
enum class LegStep { with_parent, with_parent_unless_separately, own };

// The order that a step is for, and whether it is a parent whose legs take it.
StoredPurchaseOrder load_for_step(Transaction& transaction, const DocumentNumber& number,
                                  LegStep of_legs, std::string_view step) {
    auto stored = load_for_change(transaction, number);
    if (!stored.is_leg || of_legs == LegStep::own || stored.order.pending_amendment) return stored;
    const bool separately =
        of_legs == LegStep::with_parent_unless_separately &&
        leg_approval_of(transaction, *stored.order.parent) == LegApproval::separately;
    if (!separately) refuse_leg_step(stored, step);
    return stored;
}

}  // namespace

PurchaseOrder submit_one(Transaction& transaction, StoredPurchaseOrder& stored) {
    if (stored.order.status != draft)
        refuse_status(stored.order, "submitted", way_out(stored.order));
    refuse_empty(stored.order);
    stored.order.status = waiting_for_approval;
    stored.order.submitted_by = transaction.actor().name;
    save_purchase_order(transaction, stored);
    return recorded<event::PurchaseOrderSubmitted>(transaction, stored);
}

PurchaseOrder approve_one(Transaction& transaction, StoredPurchaseOrder& stored) {
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

PurchaseOrder reject_one(Transaction& transaction, StoredPurchaseOrder& stored,
                         const std::optional<Reason>& reason) {
    if (stored.order.status != waiting_for_approval) {
        refuse_status(stored.order, "rejected",
                      stored.order.status == draft ? "cancel it instead" : way_out(stored.order));
    }
    return end<event::PurchaseOrderRejected>(transaction, stored, rejected, reason);
}

PurchaseOrder cancel_one(Transaction& transaction, StoredPurchaseOrder& stored,
                         const std::optional<Reason>& reason) {
    if (!is_live(stored.order.status)) {
        refuse_status(stored.order, "cancelled", "it is over already");
    }
    refuse_dispatched(stored.order);
    if (something_received(stored.order)) {
        throw Refusal::conflict("already_received",
                                "goods of " + stored.order.number.text() + " were received",
                                "close it instead: what is outstanding is called off");
    }
    return end<event::PurchaseOrderCancelled>(transaction, stored, cancelled, reason);
}

PurchaseOrder close_one(Transaction& transaction, StoredPurchaseOrder& stored,
                        const std::optional<Reason>& reason) {
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
    return end<event::PurchaseOrderClosed>(transaction, stored, completed, reason);
}

PurchaseOrder submit_purchase_order(Transaction& transaction,
                                    const purchasing::SubmitOrder& request) {
    auto stored = load_for_step(transaction, request.number, LegStep::with_parent, "submitted");
    return stored.is_parent ? submit_legs(transaction, stored) : submit_one(transaction, stored);
}

PurchaseOrder approve_purchase_order(Transaction& transaction,
                                     const purchasing::ApproveOrder& request) {
    auto stored = load_for_step(transaction, request.number, LegStep::with_parent_unless_separately,
                                "approved");
    if (stored.order.pending_amendment) {
        return approve_pending_amendment(transaction, std::move(stored));
    }
    return stored.is_parent ? approve_legs(transaction, stored) : approve_one(transaction, stored);
}

PurchaseOrder reject_purchase_order(Transaction& transaction,
                                    const purchasing::RejectOrder& request) {
    auto stored = load_for_step(transaction, request.number, LegStep::with_parent_unless_separately,
                                "rejected");
    if (stored.order.pending_amendment) {
        return reject_pending_amendment(transaction, std::move(stored));
    }
    return stored.is_parent ? reject_legs(transaction, stored, request.reason)
                            : reject_one(transaction, stored, request.reason);
}

PurchaseOrder cancel_purchase_order(Transaction& transaction,
                                    const purchasing::CancelOrder& request) {
    auto stored = load_for_step(transaction, request.number, LegStep::own, "cancelled");
    return stored.is_parent ? cancel_legs(transaction, stored, request.reason)
                            : cancel_one(transaction, stored, request.reason);
}

PurchaseOrder close_purchase_order(Transaction& transaction,
                                   const purchasing::CloseOrder& request) {
    auto stored = load_for_step(transaction, request.number, LegStep::own, "closed");
    return stored.is_parent ? close_legs(transaction, stored, request.reason)
                            : close_one(transaction, stored, request.reason);
}

}  // namespace wharf::domain
