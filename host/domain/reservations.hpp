// Stock promised to order lines, per location, sku and lot, and what is still free of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/domain/stock_pool.hpp"
#include "host/domain/transaction.hpp"
#include "wharf/model/catalog.hpp"

namespace wharf::domain {

// A part of stock by lot; the lot is the empty text where there is none.
struct LotPart {
    std::string lot;
    Count quantity;
};

struct OrderLineKey {
    const DocumentNumber& order;
    std::int32_t line = 0;
};

// What can be promised of the product at the location: sellable, unreserved, on a shelf where
// putaway is required, of lots that are neither locked nor expired, in the account's lot order.
std::vector<LotPart> free_lots(Transaction& transaction, const Sku& sku,
                               const LocationCode& location, Tracking tracking);

// The first parts that make up `quantity`, or less when there is less. Takes them off `parts`.
std::vector<LotPart> take_parts(std::vector<LotPart>& parts, Quantity quantity);

// Books a promise of all of `quantity`, or nothing and false when there is not as much free. For
// products that are not tracked, and lines known to hold nothing yet: one statement asks and books.
bool reserve_whole(Transaction& transaction, const Sku& sku, const LocationCode& location,
                   const OrderLineKey& line, Quantity quantity);

enum class Holding { fresh, may_exist };

// Books a promise; the caller has checked that it is free. `fresh`: the line is known to hold
// nothing of this lot yet.
void reserve(Transaction& transaction, const PoolKey& key, const OrderLineKey& line,
             Quantity quantity, Holding holding = Holding::may_exist);
void unreserve(Transaction& transaction, const PoolKey& key, const OrderLineKey& line,
               Quantity quantity);

// What the line holds, first to expire first.
std::vector<LotPart> reserved_parts(Transaction& transaction, const OrderLineKey& line);

// Whether the lot may be promised today: known, not locked, not expired. No lot always may.
bool lot_usable(Transaction& transaction, const Sku& sku, const std::string& lot);

}  // namespace wharf::domain
