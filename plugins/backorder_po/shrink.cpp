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

// One purchase order of ours, and what becomes of its lines.
class Shrinking {
public:
    Shrinking(wharf::Context& context, const Settings& settings, const DocumentNumber& number)
        : context_(context), settings_(settings), order_(read(context, number)) {}

    void line(std::int32_t number, const Place& place,
              std::map<Place, std::vector<Exception>>& exceptions) {
        auto& lines = order_.lines;
        const auto line = std::find_if(lines.begin(), lines.end(),
                                       [&](const auto& one) { return one.line == number; });
        if (line == lines.end() || line->quantity_set_by == wharf::SetBy::person) return;
        const auto item = vendor_item(context_, order_.vendor, line->sku);
        const auto needed = needed_line(*line, item);
        const Quantity live = line->quantity - line->cancelled;
        if (needed >= live) return;
        const bool approved = order_.status == PurchaseOrderStatus::approved;
        if (!approved || settings_.on_demand_shrink == OnDemandShrink::shrink_to_received) {
            cut(*line, needed, item);
        } else if (settings_.on_demand_shrink == OnDemandShrink::exception) {
            exceptions[place].push_back(
                {"surplus_on_approved", place.second, place.first, live - needed,
                 "the demand behind this approved order shrank", order_.number, context_.now()});
        }
    }

    void write() {
        if (amend_.lines->empty()) return;
        const bool nothing_left =
            std::all_of(order_.lines.begin(), order_.lines.end(), [](const auto& line) {
                return line.outstanding.zero() && line.received.zero() && line.dispatched.zero();
            });
        if (!nothing_left) {
            amend_.number = order_.number;
            context_.call(amend_);
            return;
        }
        wharf::purchasing::CancelOrder cancel;
        cancel.number = order_.number;
        cancel.reason = wharf::Reason("nothing is needed of it any more");
        context_.call(cancel);
    }

private:
    static PurchaseOrder read(wharf::Context& context, const DocumentNumber& number) {
        wharf::purchasing::GetOrder get;
        get.number = number;
        return context.call(get);
    }

    void cut(PurchaseOrderLine& line, Quantity quantity,
             const std::optional<wharf::VendorItem>& item) {
        wharf::purchasing::AmendLine change;
        change.line = line.line;
        change.quantity = quantity;
        // A draft's price follows its quantity; that of an approved order is agreed upon.
        if (item && quantity.positive() && order_.status == PurchaseOrderStatus::draft) {
            change.unit_price = price_at(*item, quantity);
        }
        (*amend_.lines).push_back(std::move(change));
        if (quantity.zero()) line.outstanding = Quantity(0);
    }

    wharf::Context& context_;
    const Settings& settings_;
    PurchaseOrder order_;
    wharf::purchasing::AmendOrder amend_;
};

}  // namespace

std::map<Place, std::vector<Exception>> shrink_supply(wharf::Context& context,
                                                      const Settings& settings,
                                                      const std::set<Place>& places) {
    std::map<DocumentNumber, std::vector<std::pair<std::int32_t, Place>>> own;
    for (const auto& place : places) {
        wharf::planning::SupplyLines query;
        query.location = place.first;
        query.sku = place.second;
        context.each(query, [&](const wharf::planning::Supply& supply) {
            if (supply.supply.kind == wharf::SupplyKind::purchase_order && supply.source &&
                supply.source->view() == "backorder_po") {
                own[supply.supply.number].emplace_back(supply.supply.line, place);
            }
        });
    }
    std::map<Place, std::vector<Exception>> exceptions;
    for (const auto& [number, lines] : own) {
        Shrinking order(context, settings, number);
        for (const auto& [line, place] : lines) order.line(line, place, exceptions);
        order.write();
    }
    return exceptions;
}

}  // namespace backorder_po
