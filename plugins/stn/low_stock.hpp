// Transfers that low stock asks for: what a location lacks by its stock levels, and who has it to
// spare.
#pragma once

#include <wharf/plugin.hpp>

#include "model.hpp"

namespace stn {

// Every stock level that is not kept, with each term; also those that nobody can supply.
Suggestions suggest(wharf::Context& context, const Settings& settings,
                    const SuggestionsQuery& query);

// Drafts one transfer for each source and destination; its source approves it. What is drafted
// counts as coming, so asking again asks for nothing more.
Requested request_low_stock(wharf::Context& context, const Settings& settings,
                            const SuggestionsQuery& query);

}  // namespace stn
