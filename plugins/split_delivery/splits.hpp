// Splitting an order and distributing it anew: the one way from a request to legs with their pegs.
#pragma once

#include <wharf/plugin.hpp>

#include "model.hpp"

namespace split_delivery {

Split split_order(wharf::Context& context, const SplitRequest& request);
Split redistribute_order(wharf::Context& context, const RedistributeRequest& request);
Split read_split(wharf::Context& context, const DocumentNumber& number);

// Puts drafts that another plugin made under one parent.
PurchaseOrder group_orders(wharf::Context& context, const GroupRequest& request);

// Splits whose order is not at its end.
std::int64_t splits_under_way(wharf::Context& context);
// After the plugin was off: what came to hubs meanwhile is sent on, and what is remembered follows.
void catch_up(wharf::Context& context);
// The parent is at its end, or it is not: what is remembered of it follows.
void note_status(wharf::Context& context, const PurchaseOrder& order);

}  // namespace split_delivery
