// Partners and messages as operations.
#pragma once

#include "host/operations/registry.hpp"

namespace wharf::operations {

void bind_messages(Registry& registry);

}  // namespace wharf::operations
