// From rows to legs: which leg each row is for, which lines of the order it takes, and everything
// that is wrong with the rows, told at once.
#pragma once

#include <wharf/plugin.hpp>

#include <vector>

#include "order_view.hpp"
#include "sheet.hpp"

namespace split_delivery {

// The legs as the host is to have them. A row without a day is for the place's leg that no other
// row names by its day. Faults join those that were found already; any of them refuses.
std::vector<wharf::purchasing::Leg> legs_of(wharf::Context& context, const OrderView& view,
                                            const std::vector<SheetRow>& rows,
                                            std::string_view rows_pointer, SheetFaults& faults);

}  // namespace split_delivery
