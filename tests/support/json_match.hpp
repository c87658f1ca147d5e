// What a test expects of a JSON document, written as a document: the fields that are named must be
// equal, others may be there. Arrays match element by element; one that ends with "..." may have
// more.
// "*" matches anything that is there.
#pragma once

#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wharf::tests {

// Every difference as `/pointer: expected X, got Y`; none when it matches.
std::vector<std::string> differences(const boost::json::value& expected,
                                     const boost::json::value& got);

// The value at `.orders[0].lines[1].sku`, or nothing. `[-1]` is the last element; `.` alone is the
// whole document.
const boost::json::value* at_path(const boost::json::value& document, std::string_view path);

// A string without its quotes, anything else as JSON.
std::string plain_text(const boost::json::value& value);

}  // namespace wharf::tests
