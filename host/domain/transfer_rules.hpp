// What must hold of a transfer's two ends and of the units that are to leave, each refusal with its
// reason.
#pragma once

#include <optional>
#include <string>

#include "host/domain/faults.hpp"
#include "host/domain/transaction.hpp"
#include "wharf/model/catalog.hpp"
#include "wharf/model/transfers.hpp"

namespace wharf::domain {

// Both ends hold stock and are active, they are two, and one of them is the actor's.
void check_ends(Transaction& transaction, const LocationCode& source,
                const LocationCode& destination, Faults& faults);
// An end may have been closed since the transfer was made (conflict, inactive_location).
void need_active_ends(Transaction& transaction, const Transfer& transfer);
// Draft or approved; else refuses (conflict, wrong_status).
void need_undispatched(const Transfer& transfer, std::string_view step);
// The location itself, whoever asks: a transfer is seen from both ends.
Location end_of_transfer(Transaction& transaction, const LocationCode& code);

// The lot may leave: known, neither locked nor expired (lot_locked, lot_expired).
void check_lot_may_leave(Transaction& transaction, const Sku& sku, const LotCode& lot,
                         const std::string& pointer, Faults& faults);
// The unit is sellable at the source; else serial_not_there, with where it is. It is kept for no
// other than the named transfer; else serial_reserved. Gives its lot.
std::optional<std::string> check_serial_at(Transaction& transaction, const Sku& sku,
                                           const Serial& serial, const LocationCode& source,
                                           const std::optional<DocumentNumber>& transfer,
                                           const std::string& pointer, Faults& faults);

}  // namespace wharf::domain
