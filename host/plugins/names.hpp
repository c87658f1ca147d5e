// The grammar of names, as the SDK has it.
#pragma once

#include "sdk/manifest/names.hpp"

namespace wharf::plugins {

using manifest::is_dotted_name;
using manifest::is_operation_name;
using manifest::is_plain_name;

}  // namespace wharf::plugins
