// Registered places for tests: GSTINs of one PAN, and addresses that fit them.
#pragma once

#include <string>

#include "host/domain/gst/gstin.hpp"
#include "wharf/operations/catalog.hpp"

namespace wharf::domain::testing {

inline std::string gstin(const std::string& state, const std::string& pan = "AAGCB7383J") {
    const auto first = state + pan + "1Z";
    return first + gstin_check_character(first);
}

inline Address address_in(const std::string& state) {
    Address made;
    made.line1 = Name("1 Main Road");
    made.city = Name("Town");
    made.state_code = StateCode(state);
    made.postal_code = Text<1, 16>("560001");
    made.country = Text<2, 2>("IN");
    return made;
}

inline catalog::PutLocation registered_location(const std::string& code, const std::string& state) {
    catalog::PutLocation request;
    request.code = LocationCode(code);
    request.name = Name("Warehouse " + code);
    request.gstin = Gstin(gstin(state));
    request.address = address_in(state);
    return request;
}

}  // namespace wharf::domain::testing
