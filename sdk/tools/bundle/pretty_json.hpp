// JSON for people: two blanks per level, members in the order in which they were written, so that
// the same plugin always gives the same file.
#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace wharf::bundle {

[[nodiscard]] std::string pretty_json(const boost::json::value& value);

}  // namespace wharf::bundle
