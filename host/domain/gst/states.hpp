// The states and territories of India as GST numbers them (the list of the e-invoice portal).
#pragma once

#include <string_view>

namespace wharf::domain {

struct State {
    std::string_view code;     // "29"
    std::string_view letters;  // "KA": in number series
    std::string_view name;
    bool union_territory_tax = false;  // UTGST in place of SGST (UTGST Act 2017 s.7)
};

// Null when there is no such state. 96 is other countries, 97 other territory, 99 centre.
const State* find_state(std::string_view code);

}  // namespace wharf::domain
