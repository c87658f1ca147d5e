// Looking at jobs, cancelling them, and answering with one.
#pragma once

#include <string>

#include "host/operations/call_context.hpp"
#include "host/operations/journal.hpp"
#include "host/operations/registry.hpp"

namespace wharf::operations {

class JobRunner;

void bind_jobs(Registry& registry);
// Jobs of plugins, and indexing collections anew.
void add_job_kinds(JobRunner& runner);

// For operations that start a job: waits up to `seconds`; when the job is done by then its result
// is the answer, else 202 with the job and its place. A job that failed is a refusal.
std::string answer_with_job(CallContext& context, const AccountCode& account, const std::string& id,
                            std::int32_t seconds);

// Does again what the journal says of one step, in another copy of the account.
void replay_step(UnitOfWork& unit, const PluginEntry& entry, const JournalEntry& row);

}  // namespace wharf::operations
