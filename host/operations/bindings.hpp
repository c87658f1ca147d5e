// Where the domain's functions become operations: one line each, in bindings_*.cpp.
#pragma once

#include "host/operations/registry.hpp"

namespace wharf::operations {

class JobRunner;

void bind_domain(Registry& registry);
void bind_catalog(Registry& registry);
void bind_inventory(Registry& registry);
void bind_sales(Registry& registry);
void bind_purchasing(Registry& registry);
void bind_receiving(Registry& registry);
void bind_planning(Registry& registry);
void bind_tax(Registry& registry);
void bind_documents(Registry& registry);
void bind_transfers(Registry& registry);

// Checking a large account is a job.
void add_verify_kind(JobRunner& runner);

}  // namespace wharf::operations
