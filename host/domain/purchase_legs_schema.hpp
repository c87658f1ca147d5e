// The tables of purchase orders over several places: parents, what they ordered, and their legs. A
// parent has no rows in purchase_order_line: it is no supply, and what it shows is read from its
// legs.
#pragma once

#include <vector>

#include "host/storage/table.hpp"

namespace wharf::domain {

std::vector<storage::Table> purchase_legs_tables();

}  // namespace wharf::domain
