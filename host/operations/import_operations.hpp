// The operation imports.run.
#pragma once

#include "host/operations/registry.hpp"

namespace wharf::operations {

void bind_imports(Registry& registry);

}  // namespace wharf::operations
