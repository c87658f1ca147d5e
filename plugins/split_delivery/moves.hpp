// Rows by moves: the order as it is, but for so much that goes elsewhere.
#pragma once

#include <wharf/plugin.hpp>

#include <vector>

#include "model.hpp"
#include "order_view.hpp"
#include "sheet.hpp"

namespace split_delivery {

// Where all of the order goes after the moves, taken one by one. A move that names no leg, or takes
// more than the leg may give up, leaves its fault and is left out.
std::vector<SheetRow> rows_after(const OrderView& view, const std::vector<Move>& moves,
                                 SheetFaults& faults);

}  // namespace split_delivery
