// When an account has to be looked at again although nobody asks: schedules, jobs, retries.
#pragma once

#include <wharf/values/time.hpp>

#include "host/operations/unit_of_work.hpp"

namespace wharf::operations {

// Lowers the account's due instant in the directory at once, so before this unit commits: a crash
// in between only wakes the account for nothing. Does nothing in a dry run.
void wake_at(UnitOfWork& unit, Instant due);

}  // namespace wharf::operations
