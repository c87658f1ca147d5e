// Amending: at once, or as a pending amendment that a second person decides on.
#include "host/domain/approval.hpp"
#include "host/domain/pending_amendment.hpp"
#include "host/domain/purchase_order.hpp"
#include "host/domain/purchase_order_amendment.hpp"
#include "host/domain/purchase_order_balance.hpp"
#include "host/domain/purchase_order_flow.hpp"
#include "host/domain/purchase_order_legs.hpp"
#include "host/domain/purchase_order_parts.hpp"
#include "host/domain/purchase_order_serials.hpp"
#include "host/domain/purchase_order_store.hpp"
#include "host/domain/stored_json.hpp"
#include "wharf/events.hpp"

namespace wharf::domain {
namespace {

void refuse_unless_amendable(const PurchaseOrder& order) {
    const bool amendable =
        is_live(order.status) || (order.status == PurchaseOrderStatus::completed && !order.closed);
    if (!amendable) refuse_status(order, "amended", "make a new order");
    if (order.pending_amendment) {
        throw Refusal::conflict("amendment_pending",
                                "an amendment of " + order.number.text() + " waits for approval",
                                "approve or reject it first");
    }
}

// What a parent orders is what its legs order: those are changed, together, by distributing it
// anew. The plugin that made the order keeps its own quantities in step with what they are for.
void refuse_split(const Transaction& transaction, const StoredPurchaseOrder& stored) {
    if (stored.is_parent) {
        throw Refusal::conflict("split_order",
                                stored.order.number.text() + " is delivered in " +
                                    std::to_string(stored.order.legs.size()) + " legs",
                                "distribute it anew, or cancel or close legs");
    }
    const auto& plugin = transaction.actor().plugin;
    if (plugin.empty() || stored.order.source.view() != plugin) {
        refuse_leg_step(stored, "amended");
    }
}

// A completed order is only amended up.
void refuse_unless_up(const PurchaseOrder& before, const PurchaseOrder& after) {
    if (before.status != PurchaseOrderStatus::completed || !nothing_outstanding(after)) return;
    refuse_status(before, "amended without ordering more", "raise a quantity or add a line");
}

PurchaseOrder keep_pending(Transaction& transaction, StoredPurchaseOrder stored,
                           const purchasing::AmendOrder& request) {
    stored.order.pending_amendment =
        PendingAmendment{transaction.actor().name, transaction.now(), RawJson{to_json(request)}};
    save_purchase_order(transaction, stored);
    return recorded<event::PurchaseOrderAmended>(transaction, stored);
}

PurchaseOrder commit_amendment(Transaction& transaction, StoredPurchaseOrder& stored) {
    const auto settled = settle(stored);
    if (stored.order.status == PurchaseOrderStatus::approved) make_serials(transaction, stored);
    save_purchase_order(transaction, stored);
    fit_pegs(transaction, stored);
    auto reply = recorded<event::PurchaseOrderAmended>(transaction, stored);
    record_settled(transaction, stored, settled);
    return reply;
}

// What the caller is told when nothing changes: the order as it is.
PurchaseOrder unchanged(Transaction& transaction, const StoredPurchaseOrder& stored) {
    return shown(transaction, document_of(transaction, stored.order));
}

}  // namespace

PurchaseOrder amend_purchase_order(Transaction& transaction,
                                   const purchasing::AmendOrder& request) {
    auto stored = load_purchase_order(transaction, request.number);
    transaction.check_version(stored.order.version);
    refuse_split(transaction, stored);
    refuse_unless_amendable(stored.order);
    auto before = stored;
    apply_amendment(transaction, stored, request, set_by(transaction));
    if (!stored.anything_changed()) return unchanged(transaction, before);
    refuse_unless_up(before.order, stored.order);
    const bool sent = before.order.status == PurchaseOrderStatus::approved ||
                      before.order.status == PurchaseOrderStatus::completed;
    if (sent && amendment_must_wait(transaction, before.order, stored.order)) {
        return keep_pending(transaction, std::move(before), request);
    }
    stored.changed_by = transaction.actor().name;
    return commit_amendment(transaction, stored);
}

PurchaseOrder approve_pending_amendment(Transaction& transaction, StoredPurchaseOrder stored) {
    const auto& pending = *stored.order.pending_amendment;
    const auto request = from_stored<purchasing::AmendOrder>(pending.changes.text);
    const auto before = stored;
    const auto requested_by = pending.requested_by;
    stored.order.pending_amendment.reset();
    apply_amendment(transaction, stored, request,
                    requested_by.starts_with("plugin:") ? SetBy::plugin : SetBy::person);
    refuse_unless_up(before.order, stored.order);
    check_amendment_approver(transaction, before, total_of(stored.order));
    stored.changed_by = requested_by;
    stored.order.approved_by = transaction.actor().name;
    return commit_amendment(transaction, stored);
}

PurchaseOrder reject_pending_amendment(Transaction& transaction, StoredPurchaseOrder stored) {
    stored.order.pending_amendment.reset();
    save_purchase_order(transaction, stored);
    return recorded<event::PurchaseOrderAmended>(transaction, stored);
}

}  // namespace wharf::domain
