// What is thrown away when it is old: events below every cursor, keys of requests, runs of
// schedules, ended jobs. Documents, movements and the journal are kept for ever.
#pragma once

#include "host/operations/unit_of_work.hpp"

namespace wharf::operations {

void prune(UnitOfWork& unit);

}  // namespace wharf::operations
