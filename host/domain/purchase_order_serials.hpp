// Serials that belong to an order line before the goods come: announced by the seller with the line
// (serial mode 1), or made by the system once the order is approved (mode 3).
#pragma once

#include <string_view>
#include <vector>

#include "host/domain/faults.hpp"
#include "host/domain/purchase_order_store.hpp"
#include "host/domain/transaction.hpp"
#include "wharf/model/catalog.hpp"

namespace wharf::domain {

// The account's serial mode for this product: 1..5, or nothing when it is not tracked by serial.
std::optional<std::int32_t> serial_mode_for(const Transaction& transaction, const Product& product);

// What the line had before: its order and the serials that are known to be its own.
struct Announced {
    DocumentNumber order;
    std::vector<Serial> serials;
};

// Checks what was given with a line: in mode 1 exactly `quantity` serials, each once, none
// announced elsewhere or in stock; in other modes none at all.
void check_announced(Transaction& transaction, const Product& product, Quantity quantity,
                     const std::vector<Serial>& serials, const Announced& before,
                     std::string_view pointer, Faults& faults);

// A serial is on one line of an order only.
void check_serials_once(const PurchaseOrder& order, Faults& faults);

// Mode 3: gives every serial-tracked line of an approved order as many serials as it has units.
void make_serials(Transaction& transaction, StoredPurchaseOrder& stored);

}  // namespace wharf::domain
