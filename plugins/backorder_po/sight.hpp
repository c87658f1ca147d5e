// Who may see what of the plugin's own documents: a key's bindings are held against the host's
// lists by the host, against those of a plugin by the plugin.
#pragma once

#include <wharf/plugin.hpp>

#include <algorithm>

namespace backorder_po {

inline bool sees(const wharf::Principal& principal, const wharf::LocationCode& location) {
    const auto& own = principal.locations;
    return own.empty() || std::find(own.begin(), own.end(), location) != own.end();
}

// As the host's planning does.
inline void refuse_vendors(const wharf::Principal& principal) {
    if (!principal.vendor) return;
    throw wharf::Refusal::forbidden("not_for_vendors",
                                    "a vendor's key sees its own purchase orders only");
}

}  // namespace backorder_po
