// The parties of a supply: from the catalog, or as they were given, with their GSTINs checked.
#pragma once

#include <string>

#include "host/domain/faults.hpp"
#include "host/domain/transaction.hpp"
#include "wharf/model/tax.hpp"

namespace wharf::domain {

Party party_of(Transaction& transaction, const Location& location);
Party party_of(Transaction& transaction, const Vendor& vendor);
Party party_of(Transaction& transaction, const Customer& customer);

// Faults point at `pointer` and its fields: several codes at once, unknown or inactive ones, a
// GSTIN that is none or of another state than the address.
Party resolve_party(Transaction& transaction, const PartyReference& reference,
                    const std::string& pointer, Faults& faults);

// Refuses (fault `same_gstin`) a supply to oneself: it takes two persons (CGST Act s.7).
void check_two_persons(const Party& supplier, const Party& recipient, Faults& faults);

}  // namespace wharf::domain
