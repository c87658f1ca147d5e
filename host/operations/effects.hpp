// What a dry run answers: the reply as it would be, and what would have followed from it.
#pragma once

#include <string>

#include "host/operations/reactions.hpp"

namespace wharf::operations {

// `{"dry_run":true, ...the reply..., "effects":[...], "not_run":[...]}`. Effects are the events
// after `first_event`, of the request and of reactions, each with the document as it would be.
std::string dry_run_body(UnitOfWork& unit, const std::string& reply, std::int64_t first_event,
                         const ReactionOutcome& outcome);

}  // namespace wharf::operations
