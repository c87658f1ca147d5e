#include "host/storage/sqlite/errors.hpp"

#include <string>

namespace wharf::storage::sqlite {

StorageError::Kind kind_of(int code) {
    using Kind = StorageError::Kind;
    // The index of the log could not be made larger: there is no room for it.
    if (code == SQLITE_IOERR_SHMSIZE) return Kind::full;
    switch (code & 0xff) {
        case SQLITE_CONSTRAINT:
            return Kind::constraint;
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return Kind::busy;
        case SQLITE_FULL:
            return Kind::full;
        case SQLITE_IOERR:
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_READONLY:
            return Kind::io;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return Kind::corrupt;
        case SQLITE_NOMEM:
            return Kind::no_memory;
        default:
            return Kind::other;
    }
}

void raise(sqlite3* connection, int code, std::string_view sql, bool in_batch) {
    constexpr std::size_t kHead = 160;
    std::string what = sqlite3_errmsg(connection);
    if (!sql.empty()) what += " (in: " + std::string(sql.substr(0, kHead)) + ")";
    throw StorageError(kind_of(code), in_batch && sqlite3_get_autocommit(connection) != 0, what);
}

}  // namespace wharf::storage::sqlite
