#include "surplus.hpp"

#include <algorithm>
#include <utility>

namespace backorder_po {

namespace {

constexpr const char* kSurplus = "surplus_on_approved";

// Nothing where there is none, or none for this key.
template <class Query>
std::optional<typename Query::Reply> find(wharf::Context& context, const Query& query) {
    try {
        return context.call(query);
    } catch (const wharf::Refusal& refusal) {
        if (refusal.kind() == wharf::RefusalKind::not_found) return std::nullopt;
        throw;
    }
}

}  // namespace

std::optional<wharf::VendorItem> vendor_item(wharf::Context& context, const VendorCode& vendor,
                                             const Sku& sku) {
    wharf::catalog::GetVendorItem query;
    query.vendor = vendor;
    query.sku = sku;
    return find(context, query);
}

Quantity needed_line(const wharf::PurchaseOrderLine& line,
                     const std::optional<wharf::VendorItem>& item) {
    const Quantity fixed = line.received + line.dispatched;
    if (line.pegged.zero()) return fixed;
    Quantity needed = fixed + line.pegged;
    if (!item) return needed;
    needed = std::max<Quantity>(needed, item->minimum_quantity);
    const auto step = std::max<std::int64_t>(item->multiple.raw(), 1);
    return Quantity((needed.raw() + step - 1) / step * step);
}

Exception surplus_of(const wharf::PurchaseOrder& order, const Sku& sku) {
    Exception exception;
    exception.code = kSurplus;
    exception.sku = sku;
    exception.location = order.destination.value_or(order.ship_to);
    exception.purchase_order = order.number;
    return exception;
}

bool is_surplus(const Exception& exception) {
    return exception.code == kSurplus;
}

const std::optional<wharf::PurchaseOrder>& SurplusCheck::order(const DocumentNumber& number) {
    const auto known = orders_.find(number);
    if (known != orders_.end()) return known->second;
    wharf::purchasing::GetOrder query;
    query.number = number;
    return orders_.emplace(number, find(context_, query)).first->second;
}

Quantity SurplusCheck::beyond_need(const wharf::PurchaseOrder& order, const Sku& sku) {
    Quantity sum;
    if (order.status != wharf::PurchaseOrderStatus::approved) return sum;
    const auto item = vendor_item(context_, order.vendor, sku);
    for (const auto& line : order.lines) {
        if (line.sku != sku || line.quantity_set_by == wharf::SetBy::person) continue;
        sum += std::max(line.quantity - line.cancelled - needed_line(line, item), Quantity(0));
    }
    return sum;
}

bool SurplusCheck::holds(Exception& exception) {
    if (settings_.on_demand_shrink == OnDemandShrink::keep_as_stock) return false;
    if (!exception.purchase_order) return false;
    const auto& now = order(*exception.purchase_order);
    if (!now) return true;
    exception.quantity = beyond_need(*now, exception.sku);
    return exception.quantity.positive();
}

}  // namespace backorder_po
