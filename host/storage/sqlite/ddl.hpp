// SQLite's DDL from table descriptions. Inside host/storage/sqlite only.
#pragma once

#include <string>
#include <vector>

#include "host/storage/table.hpp"

namespace wharf::storage::sqlite {

// The statements of one migration, in the order in which they run.
//
// Tables are STRICT. A single integer key is SQLite's own row number; every other key is the
// table's own tree (WITHOUT ROWID): one tree to write and to search instead of two.
std::vector<std::string> ddl(const Migration& migration);

}  // namespace wharf::storage::sqlite
