// Exceptions that support and purchasing see: each once, gone by itself when its cause is.
#pragma once

#include <wharf/plugin.hpp>

#include <vector>

#include "model.hpp"

namespace backorder_po {

// Holds what is open in the scope against what was found now: adds, updates and clears.
void settle_exceptions(wharf::Context& context, const std::optional<Sku>& sku,
                       const std::optional<LocationCode>& location,
                       const std::vector<Exception>& found);

// Clears what a need raised, because the need is gone.
void clear_need_exceptions(wharf::Context& context, const Sku& sku, const LocationCode& location);

std::vector<Exception> open_exceptions(wharf::Context& context);

wharf::Page<Exception> list_exceptions(wharf::Context& context, const ExceptionsQuery& query);

}  // namespace backorder_po
