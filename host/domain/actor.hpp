// Who does something, as far as the domain cares: a name for the record, whether a person asked,
// and the rows that the key is bound to.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "wharf/values/text.hpp"

namespace wharf::domain {

struct Actor {
    std::string name;    // who asked, for the record: the key's id; `plugin:<name>` by itself
    std::string plugin;  // the plugin that acts, or empty for a person or program
    std::optional<VendorCode> vendor;     // a vendor's key sees only its own purchase orders
    std::vector<LocationCode> locations;  // a bound warehouse key sees only these; empty: all

    [[nodiscard]] bool is_plugin() const { return !plugin.empty(); }
    [[nodiscard]] bool sees(const LocationCode& location) const {
        return locations.empty() ||
               std::find(locations.begin(), locations.end(), location) != locations.end();
    }
    [[nodiscard]] bool sees(const VendorCode& code) const { return !vendor || *vendor == code; }
};

}  // namespace wharf::domain
