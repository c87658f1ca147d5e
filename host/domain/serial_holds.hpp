// Named serials that are kept for the line that named them: those of a transfer, from its approval
// to its dispatch. They are part of what the line has reserved, never more of a lot than that; the
// rest of a reservation is a quantity, and which units it will be is said when they leave.
#pragma once

#include <vector>

#include "host/domain/reservations.hpp"
#include "host/domain/transaction.hpp"

namespace wharf::domain {

// Keeps the line's named serials for it, as far as it has reserved units of their lots and nobody
// else keeps them.
void hold_named_serials(Transaction& transaction, const OrderLineKey& line);

// The line has less reserved than before: lets go of what it keeps beyond that.
void fit_held_serials(Transaction& transaction, const OrderLineKey& line);

// The serial leaves, or is there no more.
void let_go(Transaction& transaction, const Serial& serial);

std::vector<Serial> held_serials(Transaction& transaction, const OrderLineKey& line);

}  // namespace wharf::domain
