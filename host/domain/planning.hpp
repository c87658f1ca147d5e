// Planning: what is needed, what is coming, and the pegs between them, as functions on a
// transaction. They stand for every purchasing or transfer plugin: none of them decides to buy.
#pragma once

#include "host/domain/transaction.hpp"
#include "wharf/operations/planning.hpp"

namespace wharf::domain {

Page<planning::Need> needs(Transaction& transaction, const planning::Needs& request);
Page<planning::WaitingLine> waiting_lines(Transaction& transaction,
                                          const planning::WaitingLines& request);
Page<planning::Supply> supply_lines(Transaction& transaction, const planning::SupplyLines& request);

// Covers that name an order are tied first, then the others in the order given.
planning::CoverReply peg_supply(Transaction& transaction, const planning::PegSupply& request);
planning::CoverReply peg_free_supply(Transaction& transaction,
                                     const planning::PegFreeSupply& request);
planning::CoverReply unpeg_supply(Transaction& transaction, const planning::UnpegSupply& request);
Page<Peg> list_pegs(Transaction& transaction, const planning::ListPegs& request);

}  // namespace wharf::domain
