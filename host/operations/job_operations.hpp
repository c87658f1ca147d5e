// Looking at jobs, cancelling them, and answering with one.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "host/operations/call_context.hpp"
#include "host/operations/journal.hpp"
#include "host/operations/registry.hpp"

namespace wharf::operations {

class JobRunner;

void bind_jobs(Registry& registry);
// Jobs of plugins, and indexing collections anew.
void add_job_kinds(JobRunner& runner);

// Adds a job in the unit, with its row in the journal, and gives its id.
using AddJob = std::function<std::string(UnitOfWork&)>;

// For operations outside of units that start a job (of the platform when `account` is empty): the
// job, and the call's Idempotency-Key with it, are one commit; with a key that came before, it is
// that job. Waits up to `seconds`; when the job is done by then its result is the answer, else 202
// with the job and its place, and without waiting always that. A job that failed is a refusal.
// Precondition: check_wait().
std::string answer_with_new_job(CallContext& context, const AccountCode& account,
                                std::int32_t seconds, const AddJob& add);

// Refuses (invalid at /wait) what is not from 0 to 10 seconds.
void check_wait(std::int32_t seconds);

// Does again what the journal says of one step, in another copy of the account.
void replay_step(UnitOfWork& unit, const PluginEntry& entry, const JournalEntry& row);

}  // namespace wharf::operations
