// The steps of a parent: each of its legs that the step is for takes it, all in one transaction,
// and the parent follows once.
#include "host/domain/purchase_order_balance.hpp"
#include "host/domain/purchase_order_flow.hpp"
#include "host/domain/purchase_order_legs.hpp"
#include "host/domain/purchase_order_step.hpp"

namespace wharf::domain {
namespace {

using enum PurchaseOrderStatus;

// Runs the step on each leg that it is for; refuses when there is none.
template <class IsFor, class Step>
PurchaseOrder step_legs(Transaction& transaction, const StoredPurchaseOrder& parent,
                        std::string_view step, IsFor is_for, Step take) {
    bool any = false;
    for (auto& leg : load_legs(transaction, parent.order.number)) {
        if (!is_for(leg.order)) continue;
        leg.parent_follows = false;
        take(leg);
        any = true;
    }
    if (!any) refuse_status(parent.order, step, "none of its legs can be");
    follow_legs(transaction, parent.order.number);
    auto after = read_purchase_order(transaction, parent.order.number);
    return shown(transaction, document_of(transaction, std::move(after->order)));
}

void refuse_separately(const StoredPurchaseOrder& parent, std::string_view step) {
    if (parent.order.leg_approval != LegApproval::separately) return;
    throw Refusal::conflict("approved_by_leg",
                            "the legs of " + parent.order.number.text() + " are " +
                                std::string(step) + " each on its own",
                            "take the step on each leg");
}

auto with_status(PurchaseOrderStatus status) {
    return [status](const PurchaseOrder& leg) { return leg.status == status; };
}

}  // namespace

PurchaseOrder submit_legs(Transaction& transaction, const StoredPurchaseOrder& parent) {
    return step_legs(transaction, parent, "submitted", with_status(draft),
                     [&](StoredPurchaseOrder& leg) { submit_one(transaction, leg); });
}

PurchaseOrder approve_legs(Transaction& transaction, const StoredPurchaseOrder& parent) {
    refuse_separately(parent, "approved");
    return step_legs(transaction, parent, "approved", with_status(waiting_for_approval),
                     [&](StoredPurchaseOrder& leg) { approve_one(transaction, leg); });
}

PurchaseOrder reject_legs(Transaction& transaction, const StoredPurchaseOrder& parent,
                          const std::optional<Reason>& reason) {
    refuse_separately(parent, "rejected");
    return step_legs(transaction, parent, "rejected", with_status(waiting_for_approval),
                     [&](StoredPurchaseOrder& leg) { reject_one(transaction, leg, reason); });
}

PurchaseOrder cancel_legs(Transaction& transaction, const StoredPurchaseOrder& parent,
                          const std::optional<Reason>& reason) {
    if (something_received(parent.order)) {
        throw Refusal::conflict("already_received",
                                "goods of " + parent.order.number.text() + " were received",
                                "close it instead: what is outstanding is called off");
    }
    return step_legs(
        transaction, parent, "cancelled",
        [](const PurchaseOrder& leg) { return is_live(leg.status); },
        [&](StoredPurchaseOrder& leg) { cancel_one(transaction, leg, reason); });
}

PurchaseOrder close_legs(Transaction& transaction, const StoredPurchaseOrder& parent,
                         const std::optional<Reason>& reason) {
    if (parent.order.status == approved && !something_received(parent.order)) {
        throw Refusal::conflict("nothing_received",
                                "nothing of " + parent.order.number.text() + " was received",
                                "cancel it instead");
    }
    return step_legs(
        transaction, parent, "closed", [](const PurchaseOrder& leg) { return is_live(leg.status); },
        [&](StoredPurchaseOrder& leg) {
            if (leg.order.status == approved && something_received(leg.order)) {
                close_one(transaction, leg, reason);
            } else {
                cancel_one(transaction, leg, reason);
            }
        });
}

}  // namespace wharf::domain
