// How an order moves between its states, and what always goes with it: pegs that are cut back to
// what the order still owes, and the order completing or reopening by itself.
#pragma once

#include "host/domain/purchase_order_store.hpp"
#include "host/domain/transaction.hpp"

namespace wharf::domain {

// Refuses (conflict `purchase_order_<status>`) a step that the order's status does not allow.
[[noreturn]] void refuse_status(const PurchaseOrder& order, std::string_view step,
                                std::string hint);

// Calls off everything outstanding.
void call_off(StoredPurchaseOrder& stored);

// Cuts the pegs on each line back to what it still owes.
void fit_pegs(Transaction& transaction, const StoredPurchaseOrder& stored);

enum class Settled { unchanged, completed, reopened, cancelled };

// Sets the status that the balance calls for. An approved order is completed when nothing is
// outstanding and something was received, cancelled when nothing is left of it at all; a completed
// one with something outstanding is approved again.
Settled settle(StoredPurchaseOrder& stored);
// Records what settling did.
void record_settled(Transaction& transaction, const StoredPurchaseOrder& stored, Settled settled);

}  // namespace wharf::domain
