// What is missing past its day: told once, when the day has passed.
#pragma once

#include "model.hpp"

namespace stn {

// Records `stn.difference_overdue` for each difference that became overdue since the last run.
void tell_overdue(wharf::Context& context);

}  // namespace stn
