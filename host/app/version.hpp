// Which build this is.
#pragma once

namespace wharf::app {

inline constexpr const char* kVersion = WHARF_VERSION;

}  // namespace wharf::app
