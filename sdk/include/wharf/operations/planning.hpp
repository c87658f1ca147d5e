// Planning: what is needed, what is coming, and the pegs between them. These are the operations
// that a purchasing or transfer plugin is built on.
#pragma once

#include "wharf/model/purchasing.hpp"
#include "wharf/operation.hpp"

namespace wharf::planning {

// The supply and demand of one product at one location, in base units. Each term is unpegged:
// what is already tied to a demand is no longer free.
struct Need {
    Sku sku;
    LocationCode location;
    Count waiting;               // of open orders' lines within the horizon
    Count pegged;                // of those, tied to supply that is coming
    Count sellable;              // unreserved, lot neither locked nor expired
    Count open_purchase_orders;  // unpegged outstanding of draft, waiting and approved orders
    Count in_transit;            // unpegged, of transfers coming here
    Count quality_check;         // unpegged
    Count expected_returns;  // announced and not yet received, whole (apply a percentage yourself)
    bool discontinued = false;  // it is not bought any more: discontinued or inactive
};
BOOST_DESCRIBE_STRUCT(Need, (),
                      (sku, location, waiting, pegged, sellable, open_purchase_orders, in_transit,
                       quality_check, expected_returns, discontinued))

// Products and locations with waiting lines, by location and sku.
struct Needs {
    using Reply = Page<Need>;
    static constexpr OperationInfo kOperation{"planning.needs", Access::read, "purchasing.read",
                                              "GET /planning/needs",
                                              "Demand and supply per product and location"};
    std::optional<Sku> sku;
    std::optional<LocationCode> location;
    std::optional<Instant> due_before;      // horizon: lines promised later are no demand yet
    Defaulted<bool> unpegged_only = false;  // only where waiting exceeds pegged
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(Needs, (), (sku, location, due_before, unpegged_only, limit, after))

struct WaitingLine {
    DocumentNumber order;
    std::int32_t line = 0;
    Sku sku;
    LocationCode location;
    Count waiting;
    Count pegged;
    Instant ordered_at;
    std::optional<Instant> promised_for;
    std::optional<std::int32_t> priority;
};
BOOST_DESCRIBE_STRUCT(WaitingLine, (),
                      (order, line, sku, location, waiting, pegged, ordered_at, promised_for,
                       priority))

// Waiting lines of open orders in the account's allocation order.
struct WaitingLines {
    using Reply = Page<WaitingLine>;
    static constexpr OperationInfo kOperation{"planning.waiting_lines", Access::read,
                                              "purchasing.read", "GET /planning/waiting-lines",
                                              "Waiting order lines in allocation order"};
    std::optional<Sku> sku;
    std::optional<LocationCode> location;
    std::optional<DocumentNumber> order;
    std::optional<Instant> due_before;
    Defaulted<bool> unpegged_only = true;
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(WaitingLines, (),
                      (sku, location, order, due_before, unpegged_only, limit, after))

struct Supply {
    SupplyLine supply;
    Sku sku;
    LocationCode location;
    std::optional<VendorCode> vendor;
    std::optional<PurchaseOrderStatus> status;
    std::optional<Date> expected_on;
    Count owed;                  // what the line still owes
    Count pegged;                // of it
    std::optional<Name> source;  // `manual`, or the plugin that made the document
};
BOOST_DESCRIBE_STRUCT(Supply, (),
                      (supply, sku, location, vendor, status, expected_on, owed, pegged, source))

// Supply lines with something unpegged, earliest expected first.
struct SupplyLines {
    using Reply = Page<Supply>;
    static constexpr OperationInfo kOperation{"planning.supply_lines", Access::read,
                                              "purchasing.read", "GET /planning/supply-lines",
                                              "Supply that is coming, earliest first"};
    std::optional<Sku> sku;
    std::optional<LocationCode> location;
    Defaulted<bool> unpegged_only = true;
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(SupplyLines, (), (sku, location, unpegged_only, limit, after))

// One order to the pegging: tie up to `quantity` of the supply line to waiting lines of its product
// and location, in allocation order (or only to `orders`, when given).
struct Cover {
    SupplyLine supply;
    Quantity quantity;
    std::optional<DocumentNumber> order;     // only lines of this order
    std::optional<std::int32_t> order_line;  // only this line of it
    std::optional<Instant> due_before;
};
BOOST_DESCRIBE_STRUCT(Cover, (), (supply, quantity, order, order_line, due_before))

struct Covered {
    SupplyLine supply;
    Count quantity;  // how much of it found a waiting line
    std::int32_t lines = 0;
};
BOOST_DESCRIBE_STRUCT(Covered, (), (supply, quantity, lines))

struct CoverReply {
    std::vector<Covered> covered;
};
BOOST_DESCRIBE_STRUCT(CoverReply, (), (covered))

struct PegSupply {
    using Reply = CoverReply;
    static constexpr OperationInfo kOperation{"planning.peg", Access::write, "purchasing.write",
                                              "POST /planning/pegs",
                                              "Tie supply to waiting lines in allocation order"};
    std::vector<Cover> covers;
};
BOOST_DESCRIBE_STRUCT(PegSupply, (), (covers))

// Ties the unpegged part of every supply line of these products and locations, earliest expected
// first, to their waiting lines.
struct PegFreeSupply {
    using Reply = CoverReply;
    static constexpr OperationInfo kOperation{"planning.peg_free_supply", Access::write,
                                              "purchasing.write", "POST /planning/peg-free-supply",
                                              "Tie unpegged supply to waiting lines"};
    std::optional<Sku> sku;
    std::optional<LocationCode> location;
    std::optional<Instant> due_before;
    Defaulted<bool> purchase_orders = true;
    Defaulted<bool> in_transit = true;
    Defaulted<bool> quality_check = true;
};
BOOST_DESCRIBE_STRUCT(PegFreeSupply, (),
                      (sku, location, due_before, purchase_orders, in_transit, quality_check))

struct UnpegSupply {
    using Reply = CoverReply;
    static constexpr OperationInfo kOperation{"planning.unpeg", Access::write, "purchasing.write",
                                              "POST /planning/unpeg",
                                              "Untie supply, last in allocation order first"};
    SupplyLine supply;
    std::optional<Quantity> quantity;  // default: all of it
};
BOOST_DESCRIBE_STRUCT(UnpegSupply, (), (supply, quantity))

struct ListPegs {
    using Reply = Page<Peg>;
    static constexpr OperationInfo kOperation{"planning.pegs", Access::read, "purchasing.read",
                                              "GET /planning/pegs", "Pegs, oldest first"};
    std::optional<DocumentNumber> order;
    std::optional<DocumentNumber> supply;
    std::optional<Sku> sku;
    std::optional<LocationCode> location;
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListPegs, (), (order, supply, sku, location, limit, after))

// A peg that went because its supply did: cut, cancelled, rejected, closed or come in short.
struct ReleasedPeg {
    std::int64_t id = 0;
    Instant at;
    DocumentNumber order;
    std::int32_t order_line = 0;
    Sku sku;
    LocationCode location;
    SupplyLine supply;
    Quantity quantity;
    std::string by_plugin;  // the plugin that did it; empty: a person or a program
};
BOOST_DESCRIBE_STRUCT(ReleasedPeg, (),
                      (id, at, order, order_line, sku, location, supply, quantity, by_plugin))

// Which demand a document's shrinking set free, oldest first: what the supply was for.
struct ReleasedPegs {
    using Reply = Page<ReleasedPeg>;
    static constexpr OperationInfo kOperation{"planning.released_pegs", Access::read,
                                              "purchasing.read", "GET /planning/released-pegs",
                                              "Pegs that went because their supply did"};
    DocumentNumber supply;
    std::optional<Instant> since;  // from this instant on
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ReleasedPegs, (), (supply, since, limit, after))

}  // namespace wharf::planning
