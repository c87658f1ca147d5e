// Making, listing and revoking API keys.
#pragma once

#include "host/operations/registry.hpp"

namespace wharf::operations {

void bind_keys(Registry& registry);

}  // namespace wharf::operations
