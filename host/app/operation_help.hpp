// What an operation takes, as the host's own OpenAPI document tells it.
#pragma once

#include <boost/json/value.hpp>
#include <ostream>
#include <string>

namespace wharf::app {

// False when the document has no such operation.
bool print_operation(std::ostream& out, const boost::json::value& document,
                     const std::string& operation);

}  // namespace wharf::app
