// The tables of this room, in every account's database and (the first part) in account zero.
#pragma once

#include "host/storage/table.hpp"

namespace wharf::operations {

// Migrations 600 to 699.
storage::Schema account_schema();
// What every account zero has of it: keys of requests and the journal.
storage::Schema directory_schema();

}  // namespace wharf::operations
