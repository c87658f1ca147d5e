// Legs through a hub: goods that are received there and go on to the place that they are for, with
// a transfer that is made, approved and reserved in the same commit.
#pragma once

#include <wharf/plugin.hpp>

#include <vector>

#include "model.hpp"
#include "order_view.hpp"
#include "sheet.hpp"

namespace split_delivery {

// Rows that bring more to a hub need the plugin that makes transfers to be on.
void require_transfers(wharf::Context& context, const OrderView& view,
                       const std::vector<SheetRow>& rows, SheetFaults& faults);

// After goods were received or passed inspection: sends on what may go. What cannot go now stays at
// the hub, meant for its destination, and is listed.
void forward(wharf::Context& context, const wharf::Receipt& receipt);

// The same for a receipt that may have been looked after already, or been reversed since: what is
// listed stays listed until a person decides, what waits no more leaves the list.
void look_after(wharf::Context& context, const DocumentNumber& receipt);

// Makes the transfer of everything that waits on the receipt. Refuses what the transfer refuses;
// the caller's unit of work then keeps nothing of it.
Onward send_on(wharf::Context& context, const OnwardRequest& request);
// Nothing is sent on: the goods are the hub's own.
Onward keep_here(wharf::Context& context, const OnwardRequest& request);

// How many receipts are listed.
std::int64_t count_waiting(wharf::Context& context);
wharf::Page<Waiting> waiting_at_hubs(wharf::Context& context, const WaitingQuery& query);

}  // namespace split_delivery
