// SQLite's result codes as StorageErrors. Inside host/storage/sqlite only.
#pragma once

#include <sqlite3.h>

#include <string_view>

#include "host/storage/session.hpp"

namespace wharf::storage::sqlite {

StorageError::Kind kind_of(int code);

// Throws what `code` means, with SQLite's own words and the head of the statement. `poisoned` is
// read from the connection: in a batch, autocommit back on means that the transaction is gone.
[[noreturn]] void raise(sqlite3* connection, int code, std::string_view sql, bool in_batch);

}  // namespace wharf::storage::sqlite
