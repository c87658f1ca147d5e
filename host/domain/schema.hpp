// The tables of the domain: catalog, ledger, sales and events, and those of the files named
// *_schema.hpp beside this one, in the order of their numbers.
#pragma once

#include "host/storage/table.hpp"

namespace wharf::domain {

// Numbers 100 to 299 are the domain's; each released migration stays as it is.
const storage::Schema& domain_schema();

}  // namespace wharf::domain
