// Single units: each serial is unique in the account and stands at exactly one place.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "host/domain/ledger.hpp"
#include "host/domain/transaction.hpp"

namespace wharf::domain {

struct SerialRow {
    Serial serial;
    Sku sku;
    std::string lot;
    LocationCode location;
    std::string bin;        // empty outside
    std::string condition;  // empty outside
    Money cost;

    [[nodiscard]] bool outside() const { return location.view().starts_with('@'); }
};

std::optional<SerialRow> find_serial(Transaction& transaction, const Serial& serial);

// Refuses (invalid at /serials) a number of serials that is not the quantity, or one named twice.
void check_serial_list(std::span<const Serial> serials, Quantity quantity);

// The rows of serials that are to leave `from`; a serial that comes from outside may be new (no
// row). Refuses (conflict) a serial of another product, at another place, or already here.
std::vector<std::optional<SerialRow>> serials_leaving(Transaction& transaction,
                                                      const MoveRequest& request);

// Books them at their new place with their costs, which are as many as the serials.
void place_serials(Transaction& transaction, const MoveRequest& request,
                   std::span<const std::optional<SerialRow>> rows, std::span<const Money> costs,
                   std::int64_t movement);

}  // namespace wharf::domain
