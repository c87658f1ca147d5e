// The tables of issued documents and their number series.
#pragma once

#include "host/storage/table.hpp"

namespace wharf::domain {

const storage::Schema& documents_schema();

}  // namespace wharf::domain
