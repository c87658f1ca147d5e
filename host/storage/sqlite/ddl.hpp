// SQLite's DDL from table descriptions. Inside host/storage/sqlite only.
#pragma once

#include <string>
#include <vector>

#include "host/storage/table.hpp"

namespace wharf::storage::sqlite {

// The statements of one migration, in the order in which they run.
//
// Tables are STRICT. A single integer key is SQLite's own row number; with another key a table of
// narrow rows is its own tree (WITHOUT ROWID): one to write and to search instead of two.
std::vector<std::string> ddl(const Migration& migration);

}  // namespace wharf::storage::sqlite
