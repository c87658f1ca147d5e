// Exceptions that support and purchasing see: each once, gone by itself when its cause is. A key
// that is bound to locations sees, and settles, those of its own.
#pragma once

#include <wharf/plugin.hpp>

#include <vector>

#include "model.hpp"

namespace backorder_po {

// Holds what is open in the scope against what was found now: adds, updates and clears.
void settle_exceptions(wharf::Context& context, const std::optional<Sku>& sku,
                       const std::optional<LocationCode>& location,
                       const std::vector<Exception>& found);

// After a person or the vendor changed an approved order: its exceptions are held against it.
void settle_surplus(wharf::Context& context, const Settings& settings,
                    const wharf::PurchaseOrder& order);

std::vector<Exception> open_exceptions(wharf::Context& context);
// Of approved orders that are no longer needed.
std::vector<Exception> open_surplus(wharf::Context& context, const std::optional<Sku>& sku,
                                    const std::optional<LocationCode>& location);

// Refuses a vendor's key.
wharf::Page<Exception> list_exceptions(wharf::Context& context, const ExceptionsQuery& query);

}  // namespace backorder_po
