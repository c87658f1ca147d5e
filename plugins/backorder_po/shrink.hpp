// Demand that shrank: what this plugin ordered for it shrinks too, by policy, never below what was
// received or dispatched, and never a quantity that a person typed.
#pragma once

#include <wharf/plugin.hpp>

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "model.hpp"

namespace backorder_po {

// A product at a location: what supply and demand are settled for.
using Place = std::pair<LocationCode, Sku>;

// Looks at the plugin's own supply of the products coming to the locations. Each purchase order is
// read once and changed at most once, however many of its lines shrink. Gives the exceptions for
// approved orders that are no longer needed, where the policy asks for that or the host refuses the
// change.
std::map<Place, std::vector<Exception>> shrink_supply(wharf::Context& context,
                                                      const Settings& settings,
                                                      const std::set<Place>& places);

}  // namespace backorder_po
