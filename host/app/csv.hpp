// Writing RFC 4180 rows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wharf::app {

// Quoted where it must be. A text that a spreadsheet would take for a formula keeps its bytes: what
// was exported can be imported again.
void append_csv_row(std::string& out, const std::vector<std::string>& fields);

}  // namespace wharf::app
