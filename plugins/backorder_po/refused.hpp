// What a refusal of one purchase says of the others.
#pragma once

#include <wharf/refusal.hpp>

namespace backorder_po {

// True for what the facts forbid: it concerns this purchase, and the others go on. False for the
// host's state of the moment, which concerns them all.
inline bool concerns_one(const wharf::Refusal& refusal) {
    return refusal.kind() == wharf::RefusalKind::conflict ||
           refusal.kind() == wharf::RefusalKind::invalid;
}

}  // namespace backorder_po
