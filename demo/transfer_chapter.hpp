// A chapter of the story: goods move from one location to the other with a transfer note, and what
// does not come is found again.
#pragma once

#include <iosfwd>

#include "tests/support/account.hpp"

namespace wharf::demo {

// False when a figure does not add up.
bool tell_transfer(tests::Client& platform, tests::Client& admin, std::ostream& out);

}  // namespace wharf::demo
