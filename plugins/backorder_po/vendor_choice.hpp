// Which vendors supply a need, how much from each, at what price: plain arithmetic on the
// candidates.
#pragma once

#include <wharf/model/catalog.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "settings.hpp"

namespace backorder_po {

// A vendor that sells the product, with what the open draft for it already holds.
struct Candidate {
    wharf::VendorItem item;
    std::int32_t lead_time_days = 0;
    wharf::Quantity on_draft;  // of the draft line that this need would join; 0 without one
};

// One vendor's part of a need. `quantity` is what is added to the line, `line_quantity` the whole
// line after that; the price is the price break of the whole line.
struct Purchase {
    wharf::VendorItem item;
    std::int32_t lead_time_days = 0;
    wharf::Quantity quantity;
    wharf::Quantity line_quantity;
    wharf::Money unit_price;
    wharf::Quantity covers;  // of the need
    bool raised_to_minimum = false;
    bool raised_to_multiple = false;
    bool cut_to_maximum = false;
};

struct Lost {
    wharf::VendorCode vendor;
    std::string reason;
    std::optional<wharf::Money> total;
};
BOOST_DESCRIBE_STRUCT(Lost, (), (vendor, reason, total))

struct Choice {
    std::vector<Purchase> purchases;  // in the order in which the vendors were asked
    std::vector<Lost> lost;
    wharf::Quantity uncovered;     // what nobody takes
    bool maximum_reached = false;  // because of a maximum, and not of a minimum
};

// The price of one base unit on a line of `quantity`.
wharf::Money price_at(const wharf::VendorItem& item, wharf::Quantity quantity);

// What this vendor alone would supply of `need`; nothing when its maximum or the rule forbids it.
std::optional<Purchase> offer(const Candidate& candidate, wharf::Quantity need, BelowMinimum below);

// Splits a need over the candidates by rule: the best takes what it can, the rest goes to the next.
Choice choose(std::vector<Candidate> candidates, wharf::Quantity need, VendorRule rule,
              BelowMinimum below);

}  // namespace backorder_po
