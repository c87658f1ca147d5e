// The order that is distributed, as it is now: what each product orders, and what each leg carries
// of it and cannot give up.
#pragma once

#include <wharf/plugin.hpp>

#include <map>
#include <set>
#include <vector>

#include "model.hpp"

namespace split_delivery {

// One leg, or the order itself before it was split (then nothing is fixed and `children` is empty).
struct LegView {
    DocumentNumber number;
    LocationCode location;
    std::optional<LocationCode> via;
    std::optional<Date> expected_on;
    bool open = true;                           // its quantities may still change
    std::map<std::int32_t, Quantity> quantity;  // by line of the order
    std::map<std::int32_t, Quantity> fixed;     // received + dispatched + cancelled
};

struct OrderView {
    PurchaseOrder order;
    std::vector<PurchaseOrder> children;
    std::vector<LegView> legs;
    std::map<Sku, std::vector<std::int32_t>> lines;  // of each product, in order
    std::map<std::int32_t, Quantity> ordered;        // to be distributed

    [[nodiscard]] bool split() const { return !order.legs.empty(); }
    [[nodiscard]] Quantity ordered_of(const Sku& sku) const;
    [[nodiscard]] Quantity fixed_of(const LegView& leg, const Sku& sku) const;
    // Whether more is to go that way than goes there now, whatever the day. A place that was closed
    // keeps what it has.
    [[nodiscard]] bool brings_more(const Row& row) const;
};

// Refuses not_found. Everything that is read is read in the caller's unit of work.
OrderView read_order(wharf::Context& context, const DocumentNumber& number);

// The parent and its legs as they stand.
std::vector<PurchaseOrder> children_of(wharf::Context& context, const PurchaseOrder& parent);

}  // namespace split_delivery
