#include "host/domain/purchase_order_flow.hpp"

#include "host/domain/pegs.hpp"
#include "host/domain/purchase_order_balance.hpp"
#include "host/domain/purchase_price.hpp"
#include "wharf/events.hpp"

namespace wharf::domain {

void refuse_status(const PurchaseOrder& order, std::string_view step, std::string hint) {
    std::string status = boost::describe::enum_to_string(order.status, "unknown");
    if (order.closed) status = "closed";
    throw Refusal::conflict(
        "purchase_order_" + status,
        order.number.text() + " is " + status + " and cannot be " + std::string(step),
        std::move(hint));
}

void call_off(StoredPurchaseOrder& stored) {
    for (std::size_t i = 0; i < stored.order.lines.size(); ++i) {
        if (stored.order.lines[i].outstanding.zero()) continue;
        cancel_outstanding(stored.edit(i), minor_digits(stored.order.currency.view()));
    }
}

void fit_pegs(Transaction& transaction, const StoredPurchaseOrder& stored) {
    for (const auto& line : stored.order.lines) {
        shrink_supply_pegs(transaction, supply_of(stored.order, line), line.outstanding);
    }
}

Settled settle(StoredPurchaseOrder& stored) {
    auto& order = stored.order;
    const bool done = nothing_outstanding(order);
    if (order.status == PurchaseOrderStatus::completed && !done) {
        order.status = PurchaseOrderStatus::approved;
        return Settled::reopened;
    }
    if (order.status != PurchaseOrderStatus::approved || !done) return Settled::unchanged;
    if (something_received(order)) {
        order.status = PurchaseOrderStatus::completed;
        return Settled::completed;
    }
    order.status = PurchaseOrderStatus::cancelled;
    return Settled::cancelled;
}

void record_settled(Transaction& transaction, const StoredPurchaseOrder& stored, Settled settled) {
    if (settled == Settled::completed) {
        recorded<event::PurchaseOrderCompleted>(transaction, stored);
    } else if (settled == Settled::cancelled) {
        recorded<event::PurchaseOrderCancelled>(transaction, stored);
    }
}

}  // namespace wharf::domain
