// Reading what happened: events and the audit trail; plugins recording events of their own.
#pragma once

#include "host/operations/registry.hpp"

namespace wharf::operations {

void bind_records(Registry& registry);

}  // namespace wharf::operations
