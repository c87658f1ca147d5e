// The words for a status, as RFC 9110 has them.
#pragma once

#include <string_view>

namespace wharf::http {

std::string_view status_title(int status);

}  // namespace wharf::http
