// The tables of purchasing: orders and their lines, announced serials, receipts, the pool of
// printed serials, and pegs.
#pragma once

#include "host/storage/table.hpp"

namespace wharf::domain {

// Numbers 200 to 299; part of domain_schema().
const storage::Schema& purchasing_schema();

}  // namespace wharf::domain
