// Goods that wait for putaway. Their pegs wait with them, on the line of their receipt, as they do
// in quality check, and are served when the goods are shelved. Only what is pegged is kept so: the
// rest of the dock is free stock, which goes by the stated order once it is on a shelf.
#pragma once

#include "host/domain/transaction.hpp"
#include "wharf/model/purchasing.hpp"

namespace wharf::domain {

// Whether sellable goods in this bin must be shelved before they are promised.
bool waits_for_putaway(Transaction& transaction, const LocationCode& location, const BinCode& bin);

// `quantity` of the receipt's line came onto the dock: so many of its pegs wait there.
void put_on_dock(Transaction& transaction, const SupplyLine& line, Quantity quantity);

// How many of its pegs wait on the dock.
Count docked_on(Transaction& transaction, const SupplyLine& line);

// At most `docked` of the line's pegs still wait on the dock.
void keep_docked(Transaction& transaction, const SupplyLine& line, Count docked);

// `quantity` was shelved: serves the pegs that waited with it, those of the oldest receipt first.
void serve_dock(Transaction& transaction, const Sku& sku, const LocationCode& location,
                Quantity quantity);

// What left the dock in another way, or has none any more: its pegs are served with what is free,
// and released as far as there is nothing.
void settle_dock(Transaction& transaction, const Sku& sku, const LocationCode& location);

}  // namespace wharf::domain
