// The tables of the domain: catalog, ledger, sales, events. Purchasing and planning add
// theirs in purchasing_schema.hpp (numbers 200 to 299).
#pragma once

#include "host/storage/table.hpp"

namespace wharf::domain {

// Numbers 100 to 199 are this file's; each released migration stays as it is.
const storage::Schema& domain_schema();

}  // namespace wharf::domain
