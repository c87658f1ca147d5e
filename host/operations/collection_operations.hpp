// Collections as plugins reach them through the door.
#pragma once

#include "host/operations/registry.hpp"

namespace wharf::operations {

void bind_collections(Registry& registry);

}  // namespace wharf::operations
