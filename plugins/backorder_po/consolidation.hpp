// One purchase order per vendor: this plugin's drafts for several places under one parent, a leg
// for each place. The parent is made by the plugin split_delivery; while that is off, every place
// keeps its own draft.
#pragma once

#include <wharf/plugin.hpp>

#include <set>
#include <vector>

#include "model.hpp"

namespace backorder_po {

struct Consolidated {
    std::vector<wharf::PurchaseOrder> parents;  // that were made now
    std::set<DocumentNumber> legs;              // of these
};

// Looks at the open drafts of these vendors; those of one delivery window share a parent.
Consolidated consolidate(wharf::Context& context, const Settings& settings,
                         const std::set<VendorCode>& vendors);

// Which delivery window a day falls into.
std::int64_t delivery_window(const Settings& settings, wharf::Date expected_on);

}  // namespace backorder_po
