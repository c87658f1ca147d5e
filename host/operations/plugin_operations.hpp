// Listing, switching and repairing plugins.
#pragma once

#include "host/operations/registry.hpp"

namespace wharf::operations {

void bind_plugins(Registry& registry);

}  // namespace wharf::operations
