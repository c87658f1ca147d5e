// Where a serial is, for those who must refuse one that is somewhere already.
#pragma once

#include <optional>
#include <string>

#include "host/domain/transaction.hpp"
#include "wharf/model/inventory.hpp"

namespace wharf::domain {

// A place that keeps a serial from coming in: a position at a location, or in transit.
struct RealPlace {
    Sku sku;
    LocationCode location;
    BinCode bin;
    std::string condition;

    // `is at BLR, bin DEFAULT, sellable`
    [[nodiscard]] std::string text() const;
};

// Nothing when the serial was never seen, or left to a customer or vendor (or was lost): it may
// come.
std::optional<RealPlace> real_place(Transaction& transaction, const Serial& serial);

}  // namespace wharf::domain
