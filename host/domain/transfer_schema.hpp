// The tables of transfers: what is kept beside an order of the kind `transfer`.
#pragma once

#include <vector>

#include "host/storage/table.hpp"

namespace wharf::domain {

std::vector<storage::Table> transfer_tables();
// Which named serials are kept for which line: as many of each lot as the line has reserved of it,
// or fewer.
std::vector<storage::Table> held_serial_tables();

}  // namespace wharf::domain
