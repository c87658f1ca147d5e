// Demand that shrank: what this plugin ordered for it shrinks too, by policy, never below what was
// received or dispatched, and never a quantity that a person typed.
#pragma once

#include <wharf/plugin.hpp>

#include <vector>

#include "model.hpp"

namespace backorder_po {

// Looks at the plugin's own supply of the product coming to the location. Gives the exceptions for
// approved orders that are no longer needed, where the policy asks for that.
std::vector<Exception> shrink_supply(wharf::Context& context, const Settings& settings,
                                     const Sku& sku, const LocationCode& location);

}  // namespace backorder_po
