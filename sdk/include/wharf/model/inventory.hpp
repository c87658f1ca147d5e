// Stock as it is seen: levels, movements, serials.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wharf/values/defaulted.hpp"
#include "wharf/values/money.hpp"
#include "wharf/values/quantity.hpp"
#include "wharf/values/text.hpp"
#include "wharf/values/time.hpp"

namespace wharf {

enum class Condition { sellable, quality_check, damaged, blocked, unknown };
BOOST_DESCRIBE_ENUM(Condition, sellable, quality_check, damaged, blocked, unknown)

// Stock of one product at one location, in one condition and lot. `available` is what can still be
// promised: sellable, unreserved, its lot neither locked nor expired.
struct StockItem {
    Sku sku;
    LocationCode location;
    Condition condition = Condition::sellable;
    std::optional<LotCode> lot;
    Count on_hand;
    Count reserved;
    Count available;
    Money value;  // total, excluding recoverable tax
};
BOOST_DESCRIBE_STRUCT(StockItem, (),
                      (sku, location, condition, lot, on_hand, reserved, available, value))

// One end of a movement: a position at a location, or an outside place such as `@vendor`.
struct Place {
    LocationCode location;  // or @vendor, @customer, @transit, @loss, @adjustment, @opening
    std::optional<BinCode> bin;
    std::optional<Condition> condition;
};
BOOST_DESCRIBE_STRUCT(Place, (), (location, bin, condition))

struct Movement {
    std::int64_t id = 0;
    Instant at;
    Sku sku;
    std::optional<LotCode> lot;
    Count quantity;
    Place from;
    Place to;
    Money value;
    Name reason;
    std::optional<DocumentNumber> document;
    std::vector<Serial> serials;
};
BOOST_DESCRIBE_STRUCT(Movement, (),
                      (id, at, sku, lot, quantity, from, to, value, reason, document, serials))

struct SerialState {
    Serial serial;
    Sku sku;
    std::optional<LotCode> lot;
    Place place;
    std::optional<DocumentNumber> reserved_for;  // the transfer that named it and is approved
    std::optional<std::int32_t> reserved_line;   // and its line
    Money cost;
};
BOOST_DESCRIBE_STRUCT(SerialState, (), (serial, sku, lot, place, reserved_for, reserved_line, cost))

}  // namespace wharf
