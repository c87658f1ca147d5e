// How goods travel: what may be said of it.
#pragma once

#include "host/domain/faults.hpp"
#include "wharf/model/documents.hpp"

namespace wharf::domain {

// Faults point below /transport.
void check_transport(const Transport& transport, Faults& faults);

// What `more` names replaces what `transport` had.
void merge_transport(Transport& transport, const Transport& more);

}  // namespace wharf::domain
