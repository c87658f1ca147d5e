// Units of the pipeline as the strand takes them: a request that somebody waits for, and work that
// the host does by itself.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "host/accounts/run.hpp"
#include "host/operations/call.hpp"
#include "host/operations/operation.hpp"
#include "host/operations/unit_of_work.hpp"

namespace wharf::operations {

// Runs the call as one unit of the account and waits until it is settled.
Answer run_request(Services& services, const std::shared_ptr<accounts::Account>& account,
                   const Call& call, const Operation& operation);

// The same in account zero: no plugins, no reactions.
Answer run_in_directory(Services& services, const Call& call, const Operation& operation);

// Work of the host itself in a unit with settings, journal and reactions: schedules, steps of jobs,
// catching up. Waits; what the work throws comes out here and undoes the unit.
using Work = std::function<void(UnitOfWork&)>;
void run_work(Services& services, const std::shared_ptr<accounts::Account>& account,
              UnitFacts facts, Work work);
// The same, from any thread and without waiting; what the work throws is logged.
void submit_work(Services& services, const std::shared_ptr<accounts::Account>& account,
                 UnitFacts facts, Work work);

// Refuses (stale, nothing_to_match) a version in If-Match that was held against nothing: it would
// protect nobody.
[[noreturn]] void refuse_unmatched(const Operation& operation);

// The facts of a unit that begins now.
UnitFacts facts_of(Services& services, const AccountCode& account, std::string request_id,
                   bool writes);

// The same as the call says: who asks, a dry run, a version, a deadline of its own.
UnitFacts facts_of_call(Services& services, const Call& call, bool writes);

// The body of an operation's answer from its parts, for whoever calls operations in a unit of its
// own (imports): the reply as JSON; `context` says more.
std::string run_entry(UnitOfWork& unit, const Operation& operation,
                      const boost::json::value& request, Answer& answer);

}  // namespace wharf::operations
