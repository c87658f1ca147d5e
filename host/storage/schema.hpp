// What every engine does with a schema before it writes its own DDL: refuse a malformed one, and
// give each migration the checksum that is kept in the database.
#pragma once

#include <string>

#include "host/storage/table.hpp"

namespace wharf::storage {

// Throws std::logic_error naming the first fault: numbers not ascending, a name that is not plain
// lower case, a key or index over a column that is not there, an added column that is not nullable.
void check_schema(const Schema& schema);

// The same text for the same migration on every engine and machine.
std::string checksum(const Migration& migration);

}  // namespace wharf::storage
