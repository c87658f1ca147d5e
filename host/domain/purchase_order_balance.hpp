// The arithmetic of an order line, P1:
//
//   quantity + excess = received - returned_for_replacement + cancelled + outstanding
//
// with outstanding and excess >= 0 and never both > 0, so both follow from the rest.
#pragma once

#include <algorithm>

#include "wharf/model/purchasing.hpp"

namespace wharf::domain {

// What was ordered and not called off since.
inline Quantity still_ordered(const PurchaseOrderLine& line) {
    return line.quantity - line.cancelled;
}

// What the vendor would still owe with this quantity; negative: how much came beyond it.
inline Quantity owed_with(const PurchaseOrderLine& line, Quantity quantity) {
    return quantity - line.cancelled - line.received + line.returned_for_replacement;
}

// Sets outstanding, excess and amount from the rest of the line.
inline void rebalance(PurchaseOrderLine& line, int minor_digits) {
    const auto owed = owed_with(line, line.quantity);
    line.outstanding = std::max(owed, Quantity(0));
    line.excess = std::max(-owed, Quantity(0));
    line.amount = line_amount(still_ordered(line), line.unit_price, Money(), minor_digits);
}

// Calls off what is outstanding.
inline void cancel_outstanding(PurchaseOrderLine& line, int minor_digits) {
    line.cancelled += line.outstanding;
    rebalance(line, minor_digits);
}

inline bool is_live(PurchaseOrderStatus status) {
    return status == PurchaseOrderStatus::draft ||
           status == PurchaseOrderStatus::waiting_for_approval ||
           status == PurchaseOrderStatus::approved;
}

inline bool nothing_outstanding(const PurchaseOrder& order) {
    return std::all_of(order.lines.begin(), order.lines.end(),
                       [](const auto& line) { return line.outstanding.zero(); });
}

inline bool something_received(const PurchaseOrder& order) {
    return std::any_of(order.lines.begin(), order.lines.end(), [](const auto& line) {
        return line.received.positive() || line.rejected.positive();
    });
}

inline bool something_dispatched(const PurchaseOrder& order) {
    return std::any_of(order.lines.begin(), order.lines.end(),
                       [](const auto& line) { return line.dispatched.positive(); });
}

inline Money total_of(const PurchaseOrder& order) {
    Money total;
    for (const auto& line : order.lines) total += line.amount;
    return total;
}

}  // namespace wharf::domain
