#include "shrink.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "refused.hpp"
#include "surplus.hpp"

namespace backorder_po {

namespace {

using wharf::PurchaseOrder;
using wharf::PurchaseOrderLine;
using wharf::PurchaseOrderStatus;

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
        auto surplus = surplus_of(order_, place.second);
        surplus.location = place.first;
        surplus.quantity = live - needed;
        surplus.reason = "the demand behind this approved order shrank";
        surplus.since = context_.now();
        if (!approved || settings_.on_demand_shrink == OnDemandShrink::shrink_to_received) {
            cut(*line, needed, item);
            cut_.emplace_back(place, std::move(surplus));
        } else if (settings_.on_demand_shrink == OnDemandShrink::exception) {
            exceptions[place].push_back(std::move(surplus));
        }
    }

    // A change that the host refuses, as while an amendment of the order waits, is a person's.
    void write(std::map<Place, std::vector<Exception>>& exceptions) {
        if (amend_.lines->empty()) return;
        try {
            change();
        } catch (const wharf::Refusal& refusal) {
            if (!concerns_one(refusal)) throw;
            for (auto& [place, surplus] : cut_) {
                surplus.reason = refusal.detail();
                exceptions[place].push_back(std::move(surplus));
            }
        }
    }

private:
    void change() {
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
    std::vector<std::pair<Place, Exception>> cut_;
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
        order.write(exceptions);
    }
    return exceptions;
}

}  // namespace backorder_po
