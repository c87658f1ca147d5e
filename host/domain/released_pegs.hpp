// Which demand a supply line was for when it shrank: kept, so that a planner can tell a need that a
// person or a vendor made from one that a customer made.
#pragma once

#include "host/domain/transaction.hpp"
#include "wharf/operations/planning.hpp"

namespace wharf::domain {

// Remembers that `quantity` of the peg went because its supply did.
void remember_released_peg(Transaction& transaction, const Peg& peg, Quantity quantity);

Page<planning::ReleasedPeg> released_pegs(Transaction& transaction,
                                          const planning::ReleasedPegs& query);

}  // namespace wharf::domain
