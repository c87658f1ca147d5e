// X1: what passed between accounts was taken in once and is not lost on the way.
#pragma once

#include "host/domain/verify.hpp"

namespace wharf::operations {

void verify_messages(storage::Session& session, domain::Findings& findings);

}  // namespace wharf::operations
