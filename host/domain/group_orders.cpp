// Putting drafts of one vendor under one parent.
#include <set>

#include "host/domain/distribute_order.hpp"
#include "host/domain/faults.hpp"
#include "host/domain/pointers.hpp"
#include "host/domain/purchase_order_flow.hpp"
#include "host/domain/purchase_order_legs.hpp"
#include "host/domain/purchase_order_parts.hpp"
#include "host/limits.hpp"
#include "wharf/events.hpp"

namespace wharf::domain {
namespace {

// Refuses what cannot become a leg of the parent; true when it is one already.
bool is_leg_of(const StoredPurchaseOrder& stored, const StoredPurchaseOrder& parent) {
    const auto& order = stored.order;
    if (stored.is_leg && order.parent == parent.order.number) return true;
    if (stored.is_leg || stored.is_parent) {
        throw Refusal::conflict("split_order",
                                order.number.text() + " is part of another distribution");
    }
    if (order.status != PurchaseOrderStatus::draft) {
        refuse_status(order, "put under a parent", "only drafts are");
    }
    if (order.vendor != parent.order.vendor || order.currency != parent.order.currency) {
        throw Refusal::conflict("another_vendor",
                                order.number.text() + " is with \"" + order.vendor.text() +
                                    "\", the parent with \"" + parent.order.vendor.text() + "\"");
    }
    return false;
}

StoredPurchaseOrder parent_over(Transaction& transaction, const purchasing::GroupOrders& request,
                                const PurchaseOrder& first) {
    if (request.parent) {
        auto stored = load_purchase_order(transaction, *request.parent);
        if (!stored.is_parent || stored.order.status != PurchaseOrderStatus::draft) {
            throw Refusal::conflict("no_open_parent",
                                    request.parent->text() + " is no parent that is a draft");
        }
        return stored;
    }
    StoredPurchaseOrder parent;
    auto& order = parent.order;
    order.vendor = first.vendor;
    order.ship_to = first.ship_to;
    order.currency = first.currency;
    order.expected_on = first.expected_on;
    order.source = first.source;
    order.created_by = first.created_by;
    order.created_at = transaction.now();
    parent.changed_by = order.created_by;
    insert_purchase_order(transaction, parent);
    insert_parent(transaction, order.number, *request.approval);
    return parent;
}

void refuse_too_many(const PurchaseOrder& parent) {
    if (parent.legs.size() <= limits::kPurchaseOrderLegsMax) return;
    throw Refusal::conflict("too_many_legs",
                            parent.number.text() + " would have " +
                                std::to_string(parent.legs.size()) + " legs, more than " +
                                std::to_string(limits::kPurchaseOrderLegsMax),
                            "put the rest under another parent");
}

}  // namespace

PurchaseOrder group_orders(Transaction& transaction, const purchasing::GroupOrders& request) {
    if (request.orders.empty() || request.orders.size() > limits::kPurchaseOrderLegsMax) {
        throw Refusal::invalid(
            "/orders", "out_of_range",
            "name 1 to " + std::to_string(limits::kPurchaseOrderLegsMax) + " orders");
    }
    const bool fresh = !request.parent;
    const auto first = load_purchase_order(transaction, request.orders.front());
    const auto parent = parent_over(transaction, request, first.order);
    const auto& number = parent.order.number;
    for (const auto& order : request.orders) {
        auto stored = load_purchase_order(transaction, order);
        if (is_leg_of(stored, parent)) continue;
        stored.order.parent = number;
        save_purchase_order(transaction, stored);
        insert_leg(transaction, stored);
    }
    follow_leg_lines(transaction, number);
    follow_legs(transaction, number);
    const auto after = *read_purchase_order(transaction, number);
    refuse_too_many(after.order);
    return fresh ? recorded<event::PurchaseOrderCreated>(transaction, after)
                 : recorded<event::PurchaseOrderAmended>(transaction, after);
}

}  // namespace wharf::domain
