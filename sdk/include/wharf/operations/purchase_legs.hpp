// Purchase orders over several places: distributing one, and putting several under one parent.
// These are the operations that a plugin for split or consolidated deliveries is built on; only
// plugins call them.
//
// A parent's legs are purchase orders of their own: each is received, pegged and taxed where it
// goes. The steps of the parent (submit, approve, reject, cancel, close) are steps of its legs. A
// leg may be cancelled or closed by itself; its quantities are changed through its parent, and by
// the plugin that made the order (its `source`), which the parent then follows.
#pragma once

#include "wharf/model/purchasing.hpp"
#include "wharf/operation.hpp"

namespace wharf::purchasing {

// How much of a line of the parent a leg shall carry, in base units: 0 takes the line off the leg.
struct LegLine {
    std::int32_t line = 0;  // of the parent
    Count quantity;
    // Of lines with announced serials; without it they are dealt out in order.
    std::optional<std::vector<Serial>> serials;
};
BOOST_DESCRIBE_STRUCT(LegLine, (), (line, quantity, serials))

// With `number` a leg that is there: lines that it does not name stay as they are. Without it a new
// one.
struct Leg {
    std::optional<DocumentNumber> number;
    std::optional<LocationCode> location;  // of a new leg: where its goods count
    std::optional<LocationCode> via;       // of a new leg: where they are received first
    std::optional<Date> expected_on;       // default of a new leg: the parent's
    std::vector<LegLine> lines;
};
BOOST_DESCRIBE_STRUCT(Leg, (), (number, location, via, expected_on, lines))

// Makes an order the parent of the legs, or changes how a parent is distributed. Legs that are not
// named stay as they are. For each line of the parent the quantities of all legs total what is
// ordered; a leg keeps at least what was received, dispatched or cancelled there. Prices,
// explanations and who made the order are carried over; pegs stay with the goods for their place,
// what no goods go to any more is need again.
//
// New legs have the parent's status; those of an approved order past the approval limit wait for a
// second person. Refused: `distribution_changed` (409) when `version` is not the parent's any more,
// `already_received` for the first distribution of an order that goods came for.
struct DistributeOrder {
    using Reply = PurchaseOrder;
    static constexpr OperationInfo kOperation{"purchasing.distribute_order", Access::write,
                                              "purchasing.write", "",
                                              "Distribute a purchase order over several places"};
    DocumentNumber number;
    std::optional<std::int64_t> version;
    Defaulted<LegApproval> approval = LegApproval::together;  // at the first distribution
    std::vector<Leg> legs;
};
BOOST_DESCRIBE_STRUCT(DistributeOrder, (), (number, version, approval, legs))

// Puts drafts of one vendor under one parent, a new one or `parent`. Each becomes a leg as it is.
struct GroupOrders {
    using Reply = PurchaseOrder;
    static constexpr OperationInfo kOperation{"purchasing.group_orders", Access::write,
                                              "purchasing.write", "",
                                              "Put drafts of one vendor under one parent"};
    std::optional<DocumentNumber> parent;
    Defaulted<LegApproval> approval = LegApproval::together;
    std::vector<DocumentNumber> orders;
};
BOOST_DESCRIBE_STRUCT(GroupOrders, (), (parent, approval, orders))

}  // namespace wharf::purchasing

namespace wharf::receiving {

// Goods of a leg through a hub wait there, as supply of the place that they are for, until a plugin
// sends them on. `supply` is the line of the transfer that takes them: the pegs move to it. Without
// it they stay: they are the hub's own, and what was pegged to them is need again.
struct SendOn {
    using Reply = Receipt;
    static constexpr OperationInfo kOperation{"receiving.send_on", Access::write, "receiving.write",
                                              "", "Send goods on from a hub, or keep them there"};
    DocumentNumber number;
    std::int32_t line = 0;
    std::optional<Quantity> quantity;  // default: all that waits
    std::optional<SupplyLine> supply;
};
BOOST_DESCRIBE_STRUCT(SendOn, (), (number, line, quantity, supply))

}  // namespace wharf::receiving
