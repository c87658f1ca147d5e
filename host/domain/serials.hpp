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
    std::optional<DocumentNumber> held_by;  // the order that it is kept for, and its line
    std::optional<std::int32_t> held_line;

    // Kept for another order than this one.
    [[nodiscard]] bool held_from(const std::optional<DocumentNumber>& order) const {
        return held_by && held_by != order;
    }
    // `the serial "S1" is kept for STN-000001`
    [[nodiscard]] std::string held_text() const;
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
