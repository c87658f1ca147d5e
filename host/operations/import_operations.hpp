// The operation imports.run, and the job that does it.
#pragma once

#include "host/operations/registry.hpp"

namespace wharf::operations {

class JobRunner;

void bind_imports(Registry& registry);
void add_import_kind(JobRunner& runner);

}  // namespace wharf::operations
