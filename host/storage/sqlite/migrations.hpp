// Brings a file's schema up to date. Inside host/storage/sqlite only.
#pragma once

#include "host/storage/sqlite/connection.hpp"
#include "host/storage/table.hpp"

namespace wharf::storage::sqlite {

// Applies what is missing, all of it in one transaction. Throws StorageError: newer_schema when the
// file knows a migration that the program does not, corrupt when it is no file of ours, other when
// a released migration was edited.
void migrate(Connection& connection, const Schema& schema);

}  // namespace wharf::storage::sqlite
