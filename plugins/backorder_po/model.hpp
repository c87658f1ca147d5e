// What this plugin takes in, gives out and remembers.
#pragma once

#include <wharf/plugin.hpp>

#include <string>
#include <vector>

#include "vendor_choice.hpp"

namespace backorder_po {

using wharf::Count;
using wharf::DocumentNumber;
using wharf::LocationCode;
using wharf::Money;
using wharf::Quantity;
using wharf::Sku;
using wharf::VendorCode;

// Supply that needs no buying, in base units, as far as the settings count it.
struct FreeSupply {
    Count sellable;
    Count open_purchase_orders;
    Count in_transit;
    Count quality_check;
    Count expected_returns;

    [[nodiscard]] Quantity total() const {
        return sellable + open_purchase_orders + in_transit + quality_check + expected_returns;
    }
};
BOOST_DESCRIBE_STRUCT(FreeSupply, (),
                      (sellable, open_purchase_orders, in_transit, quality_check, expected_returns))

struct SuggestedPurchase {
    VendorCode vendor;
    Quantity quantity;
    Money unit_price;
    wharf::Date expected_on;
};
BOOST_DESCRIBE_STRUCT(SuggestedPurchase, (), (vendor, quantity, unit_price, expected_on))

// waiting - pegged - free supply = net need, never below zero; the vendor's minimum and multiple
// make the quantity to purchase of it, and the surplus is what they add.
struct Requirement {
    Sku sku;
    LocationCode location;
    Count waiting;
    Count pegged;
    FreeSupply free_supply;
    Count net_need;
    std::optional<VendorCode> vendor;
    Count quantity_to_purchase;
    Count surplus;
    std::vector<SuggestedPurchase> purchases;
    std::optional<std::string> exception;
};
BOOST_DESCRIBE_STRUCT(Requirement, (),
                      (sku, location, waiting, pegged, free_supply, net_need, vendor,
                       quantity_to_purchase, surplus, purchases, exception))

struct RequirementsQuery {
    std::optional<Sku> sku;
    std::optional<LocationCode> location;
    wharf::Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(RequirementsQuery, (), (sku, location, limit, after))

struct WhyQuery {
    LocationCode location;
    Sku sku;
};
BOOST_DESCRIBE_STRUCT(WhyQuery, (), (location, sku))

// Free stock of the same product somewhere else: for a transfer instead of a purchase.
struct Elsewhere {
    LocationCode location;
    Count available;
};
BOOST_DESCRIBE_STRUCT(Elsewhere, (), (location, available))

// The terms of a purchase that a line was made of before the last one joined it.
struct EarlierPurchase {
    std::string rule;
    Count waiting;
    Count pegged;
    FreeSupply free_supply;
    Count net_need;
    Count covers;
    bool raised_to_minimum = false;
    bool raised_to_multiple = false;
    bool cut_to_maximum = false;
    Money unit_price;
    Count surplus;
};
BOOST_DESCRIBE_STRUCT(EarlierPurchase, (),
                      (rule, waiting, pegged, free_supply, net_need, covers, raised_to_minimum,
                       raised_to_multiple, cut_to_maximum, unit_price, surplus))

// Why a purchase order line is as it is; kept with the line. The terms are those of the purchase
// that was made last, with the whole line's price.
struct LineExplanation {
    std::string rule;  // which vendor rule chose
    Count waiting;
    Count pegged;
    FreeSupply free_supply;
    Count net_need;
    Count covers;  // of the need, by this purchase
    VendorCode vendor;
    Count minimum_quantity;
    Count multiple;
    bool raised_to_minimum = false;
    bool raised_to_multiple = false;
    bool cut_to_maximum = false;
    Money unit_price;
    Count surplus;
    std::vector<Lost> lost;
    std::vector<Elsewhere> free_elsewhere;
    std::vector<EarlierPurchase> earlier;  // that made the line, oldest first
    std::int32_t earlier_left_out = 0;     // older than these
};
BOOST_DESCRIBE_STRUCT(LineExplanation, (),
                      (rule, waiting, pegged, free_supply, net_need, covers, vendor,
                       minimum_quantity, multiple, raised_to_minimum, raised_to_multiple,
                       cut_to_maximum, unit_price, surplus, lost, free_elsewhere, earlier,
                       earlier_left_out))

struct OrderExplanation {
    std::string made_for;  // `need`, or with consolidation by order the sales order's number
    std::string consolidate;
};
BOOST_DESCRIBE_STRUCT(OrderExplanation, (), (made_for, consolidate))

// Something that only a person can mend. Seen once, gone by itself when its cause is.
struct Exception {
    // no_vendor, discontinued, vendor_refused, below_minimum, maximum_reached, serials_required,
    // surplus_on_approved; else the code with which its purchase was refused.
    std::string code;
    Sku sku;
    LocationCode location;
    Quantity quantity;
    std::string reason;
    std::optional<DocumentNumber> purchase_order;
    wharf::Instant since;

    [[nodiscard]] std::string id() const {
        return code + '|' + location.text() + '|' + sku.text() + '|' +
               (purchase_order ? purchase_order->text() : "");
    }
};
BOOST_DESCRIBE_STRUCT(Exception, (), (code, sku, location, quantity, reason, purchase_order, since))

struct ExceptionRaised {
    using Document = Exception;
    static constexpr std::string_view kName = "backorder_po.exception_raised";
};

struct ExceptionsQuery {
    wharf::Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ExceptionsQuery, (), (limit, after))

struct RunRequest {
    std::optional<Sku> sku;
    std::optional<LocationCode> location;
};
BOOST_DESCRIBE_STRUCT(RunRequest, (), (sku, location))

struct RunReply {
    std::vector<DocumentNumber> purchase_orders;  // made or joined
    std::int32_t lines = 0;
    Count quantity;
    Money value;
    std::vector<Exception> exceptions;  // all that are open
};
BOOST_DESCRIBE_STRUCT(RunReply, (), (purchase_orders, lines, quantity, value, exceptions))

// What support sees before switching on.
struct Preview {
    std::int32_t waiting_lines = 0;
    std::int32_t products = 0;
    std::int32_t vendors = 0;
    std::int32_t purchase_orders = 0;
    Count quantity;
    Money value;
    std::int32_t exceptions = 0;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(Preview, (),
                      (waiting_lines, products, vendors, purchase_orders, quantity, value,
                       exceptions, note))

// An order line that must not be bought for: from this vendor (it rejected or closed short), or,
// without a vendor, by nothing but a run (a person took its supply away).
struct Mark {
    DocumentNumber order;
    std::int32_t line = 0;
    Sku sku;
    LocationCode location;
    std::optional<VendorCode> vendor;

    [[nodiscard]] std::string id() const {
        return order.text() + '|' + std::to_string(line) + '|' + (vendor ? vendor->text() : "");
    }
};
BOOST_DESCRIBE_STRUCT(Mark, (), (order, line, sku, location, vendor))

// How much was approved by itself on one day, against the ceiling.
struct ApprovedValue {
    wharf::Date day;
    Money value;
};
BOOST_DESCRIBE_STRUCT(ApprovedValue, (), (day, value))

}  // namespace backorder_po
