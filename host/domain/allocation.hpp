// Giving free stock to waiting order lines, in the account's one stated order.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/domain/transaction.hpp"
#include "wharf/model/catalog.hpp"
#include "wharf/model/inventory.hpp"
#include "wharf/model/purchasing.hpp"
#include "wharf/values/text.hpp"

namespace wharf::domain {

// Reserves what is available of the product at the location for its waiting lines, pegged or not,
// in allocation order. A line served this way loses pegs beyond what it still waits for.
void allocate(Transaction& transaction, const Sku& sku, const LocationCode& location);

// Goods arrived as sellable on this supply line: first that line's own pegs are served in
// allocation order (the pegs shrink by what is reserved), then all other waiting lines.
void allocate_arrival(Transaction& transaction, const SupplyLine& supply, const Sku& sku,
                      const LocationCode& location, Quantity quantity);

// The pegs of one supply line, in allocation order, with up to `quantity` of what is free; gives
// how much they got.
Quantity serve_pegs(Transaction& transaction, const SupplyLine& supply, const Sku& sku,
                    const LocationCode& location, Quantity quantity);

// Stock that is promised is going away (count, loss, lock, expiry, reversal): gives reservations
// back to waiting, last in allocation order first, until at most `reserved_max` stays reserved at
// the location, sku and lot. Records reservation.released for each.
void release_reservations(Transaction& transaction, const Sku& sku, const LocationCode& location,
                          const std::optional<LotCode>& lot, Count reserved_max,
                          const std::string& reason);

// The same before `leaving` sellable units leave the pool: keeps reserved what can still be kept.
void make_room(Transaction& transaction, const Sku& sku, const LocationCode& location,
               const std::optional<LotCode>& lot, Quantity leaving, const std::string& reason);

// The same for units by name: whoever one of these is kept for gets one less.
void release_serials(Transaction& transaction, const std::vector<Serial>& serials,
                     const std::string& reason);

// Gives back what is reserved at the location in lots of the product that have expired; called
// wherever its reservations are used.
void release_unusable(Transaction& transaction, const Sku& sku, const LocationCode& location,
                      Tracking tracking);

// The daily run: what is reserved in lots that expired goes back to waiting and is served from
// other lots where there are some. Gives how many pools were touched.
std::int64_t expire_lots(Transaction& transaction);

}  // namespace wharf::domain
