// A chapter of the story: a purchase order raised in London is distributed over both locations, and
// distributed anew once goods have come in.
#pragma once

#include <iosfwd>

#include "tests/support/account.hpp"

namespace wharf::demo {

// False when a figure does not add up.
bool tell_split(tests::Client& platform, tests::Client& admin, std::ostream& out);

}  // namespace wharf::demo
