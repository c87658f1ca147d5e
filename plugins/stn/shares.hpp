// The plain arithmetic of transfer notes: what a unit is worth, what low stock asks for, and which
// lines of an invoice a correction names.
#pragma once

#include <optional>
#include <vector>

#include "model.hpp"

namespace stn {

// What one unit of `quantity` is worth, to 6 decimals.
Money unit_price(Money value, Quantity quantity);
// The share of a maximum retail price, to 6 decimals.
Money share_of_mrp(Money mrp, wharf::Percent percent);

// Units that turned out to be somewhere else than their invoice says.
struct Correction {
    std::int32_t line = 0;  // of the transfer
    Quantity quantity;
    std::optional<wharf::LotCode> lot;
    std::vector<wharf::Serial> serials;
};

// The lines of a note that takes the corrections back from the invoice's lines: named units from
// the line that lists them, others in the order of the lines, never more than is left of one.
std::vector<wharf::documents::NewLine> lines_of_note(const wharf::IssuedDocument& invoice,
                                                     const std::vector<Correction>& corrections);

// How much is asked for: nothing at the minimum or above, else up to the maximum.
Quantity wanted(const Suggestion& stock);
// What of it brings the place to its minimum.
Quantity missing(const Suggestion& stock);

// Whether the first has a smaller share of its minimum than the second; of equal ones, whether it
// lacks more units, then by location and product. A place without a minimum that owes goods comes
// first of all.
bool more_urgent(const Suggestion& first, const Suggestion& second);

}  // namespace stn
