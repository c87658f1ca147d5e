// The indexes of a plugin's collections as they are in an account, and bringing them up to what the
// plugin declares now.
#pragma once

#include <string>

#include "host/operations/unit_of_work.hpp"

namespace wharf::operations {

// What is kept to see that the declared indexes changed.
std::string layout_of(const plugins::CollectionManifest& collection);

// True when the account's documents are indexed as the plugin declares.
bool layout_is_current(storage::Session& session, const PluginEntry& entry,
                       const plugins::CollectionManifest& collection);

// For every collection whose indexes changed: indexes its documents anew, at once when there are
// few, else by a job; until that is done, searches over an index are refused (unavailable).
void renew_layouts(UnitOfWork& unit, const PluginEntry& entry);

// One step of the job: indexes documents after `id`, at most `rows`. Gives the last id, or nothing
// when all are done; then the layout is marked as current.
std::optional<std::string> reindex_some(UnitOfWork& unit, const PluginEntry& entry,
                                        const plugins::CollectionManifest& collection,
                                        const std::string& after_id, std::size_t rows);

}  // namespace wharf::operations
