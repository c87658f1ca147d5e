#include "shrink.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace backorder_po {

namespace {

using wharf::PurchaseOrder;
using wharf::PurchaseOrderLine;
using wharf::PurchaseOrderStatus;

std::optional<wharf::VendorItem> vendor_item(wharf::Context& context, const VendorCode& vendor,
                                             const Sku& sku) {
    wharf::catalog::GetVendorItem query;
    query.vendor = vendor;
    query.sku = sku;
    try {
        return context.call(query);
    } catch (const wharf::Refusal& refusal) {
        if (refusal.kind() == wharf::RefusalKind::not_found) return std::nullopt;
        throw;
    }
}

// The line as it would be bought for what is still needed of it.
Quantity needed_line(const PurchaseOrderLine& line, const std::optional<wharf::VendorItem>& item) {
    const Quantity fixed = line.received + line.dispatched;
    if (line.pegged.zero()) return fixed;
    Quantity needed = fixed + line.pegged;
    if (!item) return needed;
    needed = std::max<Quantity>(needed, item->minimum_quantity);
    const auto step = std::max<std::int64_t>(item->multiple.raw(), 1);
    return Quantity((needed.raw() + step - 1) / step * step);
}

void cut(wharf::Context& context, const PurchaseOrder& order, const PurchaseOrderLine& line,
         Quantity quantity, const std::optional<wharf::VendorItem>& item) {
    const bool last = std::all_of(order.lines.begin(), order.lines.end(), [&](const auto& other) {
        return other.line == line.line || other.outstanding.zero();
    });
    if (quantity.zero() && last && line.received.zero() && line.dispatched.zero()) {
        wharf::purchasing::CancelOrder cancel;
        cancel.number = order.number;
        cancel.reason = wharf::Reason("nothing is needed of it any more");
        context.call(cancel);
        return;
    }
    wharf::purchasing::AmendOrder amend;
    amend.number = order.number;
    wharf::purchasing::AmendLine change;
    change.line = line.line;
    change.quantity = quantity;
    // A draft's price follows its quantity; that of an approved order is agreed upon.
    if (item && quantity.positive() && order.status == PurchaseOrderStatus::draft) {
        change.unit_price = price_at(*item, quantity);
    }
    (*amend.lines).push_back(std::move(change));
    context.call(amend);
}

}  // namespace

std::vector<Exception> shrink_supply(wharf::Context& context, const Settings& settings,
                                     const Sku& sku, const LocationCode& location) {
    std::vector<wharf::planning::Supply> own;
    wharf::planning::SupplyLines query;
    query.sku = sku;
    query.location = location;
    context.each(query, [&](const wharf::planning::Supply& supply) {
        if (supply.supply.kind == wharf::SupplyKind::purchase_order && supply.source &&
            supply.source->view() == "backorder_po") {
            own.push_back(supply);
        }
    });

    std::vector<Exception> exceptions;
    for (const auto& supply : own) {
        wharf::purchasing::GetOrder get;
        get.number = supply.supply.number;
        const auto order = context.call(get);
        const auto line =
            std::find_if(order.lines.begin(), order.lines.end(),
                         [&](const auto& one) { return one.line == supply.supply.line; });
        if (line == order.lines.end() || line->quantity_set_by == wharf::SetBy::person) continue;
        const auto item = vendor_item(context, order.vendor, sku);
        const auto needed = needed_line(*line, item);
        const Quantity live = line->quantity - line->cancelled;
        if (needed >= live) continue;
        if (order.status != PurchaseOrderStatus::approved) {
            cut(context, order, *line, needed, item);
        } else if (settings.on_demand_shrink == OnDemandShrink::shrink_to_received) {
            cut(context, order, *line, needed, item);
        } else if (settings.on_demand_shrink == OnDemandShrink::exception) {
            exceptions.push_back({"surplus_on_approved", sku, location, live - needed,
                                  "the demand behind this approved order shrank", order.number,
                                  context.now()});
        }
    }
    return exceptions;
}

}  // namespace backorder_po
