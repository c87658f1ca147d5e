// Switching a plugin for many accounts: a job of the platform, one account after another.
#pragma once

#include "host/operations/registry.hpp"

namespace wharf::operations {

class JobRunner;

void bind_rollout(Registry& registry);
void add_rollout_kind(JobRunner& runner);

}  // namespace wharf::operations
