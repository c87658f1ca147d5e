// What this plugin takes in, gives out and remembers.
#pragma once

#include <wharf/plugin.hpp>

#include <optional>
#include <string>
#include <vector>

namespace split_delivery {

using wharf::Count;
using wharf::Date;
using wharf::DocumentNumber;
using wharf::LocationCode;
using wharf::PurchaseOrder;
using wharf::Quantity;
using wharf::Sku;

// How quantities are shared out where no rows are given.
enum class Rule { even, ratio, need, unknown };
BOOST_DESCRIBE_ENUM(Rule, even, ratio, need, unknown)

// So much of a product goes to a place.
struct Row {
    Sku sku;
    LocationCode location;
    Quantity quantity;                                  // base units
    std::optional<LocationCode> via;                    // a hub that receives it first
    std::optional<Date> expected_on;                    // one place may have several days
    std::optional<std::vector<wharf::Serial>> serials;  // which; without it, in order
};
BOOST_DESCRIBE_STRUCT(Row, (), (sku, location, quantity, via, expected_on, serials))

// One place that a rule shares out to.
struct Place {
    LocationCode location;
    std::optional<wharf::Percent> weight;  // ratio only; they need not add up to anything
    std::optional<LocationCode> via;
    std::optional<Date> expected_on;
};
BOOST_DESCRIBE_STRUCT(Place, (), (location, weight, via, expected_on))

// So much of a product goes from one leg to another, which is made where there is none. A hub and a
// day are named where a place has several legs.
struct Move {
    Sku sku;
    Quantity quantity;  // base units
    LocationCode from;
    std::optional<LocationCode> from_via;
    std::optional<Date> from_expected_on;
    LocationCode to;
    std::optional<LocationCode> via;
    std::optional<Date> expected_on;
};
BOOST_DESCRIBE_STRUCT(Move, (),
                      (sku, quantity, from, from_via, from_expected_on, to, via, expected_on))

// Exactly one of rows, sheet, rule and moves says where the order goes.
struct Distribution {
    std::optional<std::vector<Row>> rows;
    std::optional<std::string> sheet;  // CSV: SKU, Receiving Location Key, PO Qty
    std::optional<Rule> rule;
    std::optional<std::vector<Place>> locations;  // of a rule; need alone finds them by itself
    std::optional<std::vector<Move>> moves;       // of an order that is split already
};

struct SplitRequest {
    DocumentNumber number;
    std::optional<std::vector<Row>> rows;
    std::optional<std::string> sheet;
    std::optional<Rule> rule;
    std::optional<std::vector<Place>> locations;
};
BOOST_DESCRIBE_STRUCT(SplitRequest, (), (number, rows, sheet, rule, locations))

// `version` is the order's that the new distribution was made from: who looked at an old one is
// told. Rows and a sheet need it, they say where all of the order goes; a rule and moves are right
// whatever came meanwhile, and may leave it out.
struct RedistributeRequest {
    DocumentNumber number;
    std::optional<std::int64_t> version;
    std::optional<std::vector<Row>> rows;
    std::optional<std::string> sheet;
    std::optional<Rule> rule;
    std::optional<std::vector<Place>> locations;
    std::optional<std::vector<Move>> moves;
};
BOOST_DESCRIBE_STRUCT(RedistributeRequest, (),
                      (number, version, rows, sheet, rule, locations, moves))

inline Distribution distribution_of(const SplitRequest& request) {
    return {request.rows, request.sheet, request.rule, request.locations, {}};
}
inline Distribution distribution_of(const RedistributeRequest& request) {
    return {request.rows, request.sheet, request.rule, request.locations, request.moves};
}

struct GetSplit {
    DocumentNumber number;
};
BOOST_DESCRIBE_STRUCT(GetSplit, (), (number))

// One place's part of one product by a rule.
struct Part {
    LocationCode location;
    std::string weight;  // a ratio's, or the need in units
    Quantity quantity;
};
BOOST_DESCRIBE_STRUCT(Part, (), (location, weight, quantity))

// How the rule came to its quantities. What came or was called off already stays where it is.
struct Shared {
    Sku sku;
    Count fixed;
    Count shared_out;
    std::vector<Part> parts;
    std::optional<std::string> note;
};
BOOST_DESCRIBE_STRUCT(Shared, (), (sku, fixed, shared_out, parts, note))

struct Split {
    DocumentNumber number;
    std::int64_t version = 0;
    PurchaseOrder purchase_order;         // the parent: sums and progress over all legs
    std::vector<PurchaseOrder> children;  // in the order of the legs
    std::optional<Rule> rule;             // of the last distribution; none: by rows
    std::vector<Shared> explanation;
};
BOOST_DESCRIBE_STRUCT(Split, (), (number, version, purchase_order, children, rule, explanation))

// What is remembered of a split: how it was made, and whether it is still under way.
struct SplitRecord {
    DocumentNumber number;
    bool open = true;
    std::optional<Rule> rule;
    std::vector<Shared> explanation;
};
BOOST_DESCRIBE_STRUCT(SplitRecord, (), (number, open, rule, explanation))

struct GroupRequest {
    std::optional<DocumentNumber> parent;
    std::vector<DocumentNumber> purchase_orders;
};
BOOST_DESCRIBE_STRUCT(GroupRequest, (), (parent, purchase_orders))

// A receipt at a hub whose goods go on.
struct OnwardRequest {
    DocumentNumber number;  // the receipt's
};
BOOST_DESCRIBE_STRUCT(OnwardRequest, (), (number))

struct Onward {
    DocumentNumber receipt;
    LocationCode hub;
    LocationCode destination;
    std::optional<DocumentNumber> transfer;  // none: the goods stay at the hub
};
BOOST_DESCRIBE_STRUCT(Onward, (), (receipt, hub, destination, transfer))

// Goods that could not be sent on when they came, and why.
struct Waiting {
    DocumentNumber receipt;
    LocationCode hub;
    LocationCode destination;
    std::string code;
    std::string reason;
    wharf::Instant since;
};
BOOST_DESCRIBE_STRUCT(Waiting, (), (receipt, hub, destination, code, reason, since))

struct WaitingQuery {
    wharf::Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(WaitingQuery, (), (limit, after))

struct Preview {
    std::int64_t in_flight = 0;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(Preview, (), (in_flight, note))

}  // namespace split_delivery
