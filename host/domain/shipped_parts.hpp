// What left for an order line, part by part: one lot, bin and cost each, one unit each for serials.
// So it can come back to where it stood, and at the cost it left with.
#pragma once

#include <string>
#include <vector>

#include "host/domain/reservations.hpp"
#include "host/domain/transaction.hpp"

namespace wharf::domain {

struct ShippedPart {
    std::int32_t part = 0;
    std::string lot;  // empty: none
    BinCode bin;
    std::string serial;  // empty: none
    Quantity quantity;
    Money value;
    Count returned;
    Money returned_value;

    [[nodiscard]] Quantity out() const { return quantity - returned; }
    // The cost of `some` of what is still out; all of the rest for all of it.
    [[nodiscard]] Money cost_of(Quantity some) const {
        const auto rest = value - returned_value;
        return some == out() ? rest : rest.share(some, out());
    }
};

std::int32_t last_part(Transaction& transaction, const OrderLineKey& line);
void keep_part(Transaction& transaction, const OrderLineKey& line, const ShippedPart& part);
// In the order in which they left.
std::vector<ShippedPart> shipped_parts(Transaction& transaction, const OrderLineKey& line);

// The shipment of a part is undone, for `quantity` of it.
void take_back(Transaction& transaction, const OrderLineKey& line, const ShippedPart& part,
               Quantity quantity, Money value);
// A part came back as a return, for `quantity` of it.
void note_returned(Transaction& transaction, const OrderLineKey& line, const ShippedPart& part,
                   Quantity quantity, Money value);

}  // namespace wharf::domain
