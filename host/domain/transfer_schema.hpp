// The tables of transfers: what is kept beside an order of the kind `transfer`.
#pragma once

#include <vector>

#include "host/storage/table.hpp"

namespace wharf::domain {

std::vector<storage::Table> transfer_tables();

}  // namespace wharf::domain
