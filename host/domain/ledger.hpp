// The stock ledger: movements between positions and outside places, only ever appended. Balances,
// serial places and values change with the movement, in the same transaction, and nowhere else.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "host/domain/transaction.hpp"
#include "wharf/model/catalog.hpp"
#include "wharf/model/inventory.hpp"

namespace wharf::domain {

// Where stock stands. `lot` is empty for products without lots.
struct Position {
    LocationCode location;
    BinCode bin;
    Condition condition = Condition::sellable;
};

enum class Outside { vendor, customer, transit, loss, adjustment, opening };

using End = std::variant<Position, Outside>;

struct MoveRequest {
    Sku sku;
    std::optional<LotCode> lot;
    Quantity quantity;
    std::vector<Serial> serials;  // for serial-tracked products, exactly `quantity` of them
    End from;
    End to;
    // The total value moved. Absent: what the units cost where they come from (each serial's own
    // cost, else the moving average of location, sku and lot, the last unit taking the remainder);
    // from outside, the average where they go. Serials always leave a position at their own cost.
    std::optional<Money> value;
    std::string reason;
    std::optional<DocumentNumber> document;
};

// Appends a movement. Refuses (conflict `insufficient_stock`, `serial_not_there`, ...) when the
// source does not hold it, and (conflict `reserved`) when it would take sellable stock below what
// is reserved at that location, sku and lot, or (conflict `serial_reserved`) a unit that is kept
// for an order: reduce the reservation first. A position that is emptied keeps no value: what is
// left goes to where the rest of the pool stands, or to @adjustment with its last unit, by a
// movement of quantity 0.
Movement move(Transaction& transaction, const MoveRequest& request);
// The same where the caller knows how the product is tracked.
Movement move(Transaction& transaction, const MoveRequest& request, Tracking tracking);

// What stands at a position, and of which value.
struct Standing {
    Count quantity;
    Money value;
};
Standing standing_at(Transaction& transaction, const Sku& sku, const std::optional<LotCode>& lot,
                     const Position& position);

// The average cost of `quantity` units of what stands at the location: nothing when none stand
// there.
std::optional<Money> average_cost(Transaction& transaction, const Sku& sku,
                                  const LocationCode& location, const std::optional<LotCode>& lot,
                                  Quantity quantity);

// The location has another default bin: what stands in it is what waits for putaway.
void recount_docked(Transaction& transaction, const LocationCode& location, const BinCode& bin);

}  // namespace wharf::domain
