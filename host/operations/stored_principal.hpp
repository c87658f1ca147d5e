// Who asked, as it is kept beside work that goes on or is told again without them: jobs and the
// journal.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "host/accounts/principal.hpp"

namespace wharf::operations {

// JSON, "null" for nobody; the same text for the same principal.
std::string principal_to_json(const std::shared_ptr<const accounts::Principal>& principal);
std::shared_ptr<const accounts::Principal> principal_from_json(std::string_view text);

}  // namespace wharf::operations
