// What every leg of an order shall carry after a distribution, checked against what is ordered and
// what came already, before anything is written.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "host/domain/faults.hpp"
#include "host/domain/purchase_order_legs.hpp"
#include "wharf/operations/purchase_legs.hpp"

namespace wharf::domain {

// Of one line of the parent.
struct LegTarget {
    Quantity quantity;
    Quantity called_off;                       // of it, before the first distribution
    std::optional<std::vector<Serial>> named;  // which serials, where the request says so
    std::vector<Serial> serials;               // which it will be, once they are dealt out
};

struct PlannedLeg {
    StoredPurchaseOrder stored;  // of a new leg the header; its lines come from the targets
    bool fresh = false;
    bool changed = false;
    std::map<std::int32_t, LegTarget> targets;  // by line of the parent: all that the leg carries
    std::map<std::int32_t, std::size_t> lines;  // by line of the parent: the index of its own line

    // Where its goods count.
    [[nodiscard]] const LocationCode& location() const {
        return stored.order.destination ? *stored.order.destination : stored.order.ship_to;
    }
    [[nodiscard]] const PurchaseOrderLine* line_of(std::int32_t parent_line) const;
};

struct DistributionPlan {
    StoredPurchaseOrder parent;
    bool first = false;  // the order has no legs yet
    std::vector<ParentLine> lines;
    std::vector<PlannedLeg> legs;
};

// Refuses all faults of the request at once.
DistributionPlan plan_distribution(Transaction& transaction,
                                   const purchasing::DistributeOrder& request);

// Shares the charges that the changed legs bore together (of an order without legs: its own) out
// over them anew, by what they will be worth, in minor units without a remainder. Other legs keep
// what they bear. Precondition: the plan has no faults.
void deal_charges(DistributionPlan& plan);

// Deals out announced serials: named ones first, then each leg keeps its own, then what is left
// goes round in order. Serials that were received stay where they are.
void deal_serials(Transaction& transaction, DistributionPlan& plan, Faults& faults);

}  // namespace wharf::domain
