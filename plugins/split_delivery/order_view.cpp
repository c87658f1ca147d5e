#include "order_view.hpp"

#include <algorithm>

namespace split_delivery {

namespace {

using wharf::PurchaseOrderStatus;

bool is_open(const PurchaseOrder& leg) {
    switch (leg.status) {
        case PurchaseOrderStatus::draft:
        case PurchaseOrderStatus::waiting_for_approval:
        case PurchaseOrderStatus::approved:
            return true;
        case PurchaseOrderStatus::completed:
            return !leg.closed;
        default:
            return false;
    }
}

PurchaseOrder get(wharf::Context& context, const DocumentNumber& number) {
    wharf::purchasing::GetOrder query;
    query.number = number;
    return context.call(query);
}

LegView view_of(const PurchaseOrder& leg) {
    LegView view;
    view.number = leg.number;
    view.location = leg.destination.value_or(leg.ship_to);
    if (leg.destination) view.via = leg.ship_to;
    view.expected_on = leg.expected_on;
    view.open = is_open(leg);
    for (const auto& line : leg.lines) {
        const auto parent_line = line.parent_line.value_or(0);
        view.quantity[parent_line] = line.quantity;
        // A line that goods were refused on keeps at least one, and its history with it.
        const auto least = Quantity(line.rejected.positive() ? 1 : 0);
        view.fixed[parent_line] =
            view.open ? std::max(line.quantity - line.outstanding + line.dispatched, least)
                      : line.quantity;
    }
    return view;
}

Quantity sum_of(const std::map<std::int32_t, Quantity>& quantities,
                const std::vector<std::int32_t>& lines) {
    Quantity sum;
    for (const auto line : lines) {
        const auto found = quantities.find(line);
        if (found != quantities.end()) sum += found->second;
    }
    return sum;
}

}  // namespace

Quantity OrderView::ordered_of(const Sku& sku) const {
    const auto found = lines.find(sku);
    return found == lines.end() ? Quantity() : sum_of(ordered, found->second);
}

Quantity OrderView::fixed_of(const LegView& leg, const Sku& sku) const {
    const auto found = lines.find(sku);
    return found == lines.end() ? Quantity() : sum_of(leg.fixed, found->second);
}

bool OrderView::brings_more(const Row& row) const {
    const auto found = lines.find(row.sku);
    if (found == lines.end()) return true;
    Quantity now;
    for (const auto& leg : legs) {
        if (leg.location == row.location && leg.via == row.via) {
            now += sum_of(leg.quantity, found->second);
        }
    }
    return row.quantity > now;
}

std::vector<PurchaseOrder> children_of(wharf::Context& context, const PurchaseOrder& parent) {
    std::vector<PurchaseOrder> children;
    for (const auto& leg : parent.legs) children.push_back(get(context, leg.number));
    return children;
}

OrderView read_order(wharf::Context& context, const DocumentNumber& number) {
    OrderView view;
    view.order = get(context, number);
    view.children = children_of(context, view.order);
    for (const auto& child : view.children) view.legs.push_back(view_of(child));
    for (const auto& line : view.order.lines) {
        // What was called off before an order is split is none of the split's business.
        const Quantity ordered = view.split() ? line.quantity : line.quantity - line.cancelled;
        if (!ordered.positive()) continue;
        view.lines[line.sku].push_back(line.line);
        view.ordered[line.line] = ordered;
    }
    return view;
}

}  // namespace split_delivery
