// JSON for people: lists as tables, objects as lines.
#pragma once

#include <boost/json/value.hpp>
#include <ostream>
#include <string>
#include <vector>

namespace wharf::app {

// Columns are cut to fit nothing: what is long stays whole.
void print_table(std::ostream& out, const std::vector<std::string>& columns,
                 const std::vector<std::vector<std::string>>& rows);

// `{"items":[...]}` becomes a table of the items' plain fields, an object `field  value` lines.
void print_for_people(std::ostream& out, const boost::json::value& json);

// Text as it is, everything else as JSON; null is empty.
std::string plain_text(const boost::json::value& value);

}  // namespace wharf::app
