#include "host/storage/sqlite/connection.hpp"

#include <SQLiteCpp/Exception.h>

#include "host/limits.hpp"
#include "host/storage/sqlite/errors.hpp"

namespace wharf::storage::sqlite {
namespace {

SQLite::Database open_file(const std::filesystem::path& file, Connection::Mode mode,
                           const Settings& settings) {
    // No SQLite mutex: one thread at a time is this room's own rule.
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    flags |= mode == Connection::Mode::writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                                              : SQLITE_OPEN_READONLY;
    try {
        return SQLite::Database(file, flags, settings.busy_timeout_ms, settings.vfs);
    } catch (const SQLite::Exception& error) {
        throw StorageError(kind_of(error.getErrorCode()), false,
                           file.string() + ": " + error.what());
    }
}

}  // namespace

Connection::Connection(const std::filesystem::path& file, Mode mode, const Settings& settings)
    : database_(open_file(file, mode, settings)),
      mode_(mode),
      statements_(
          database_.getHandle(),
          mode == Mode::writer ? limits::kWriterStatementsMax : limits::kReaderStatementsMax,
          mode == Mode::writer) {
    configure(mode, settings);
}

void Connection::run(const char* sql) {
    bool in_batch = in_transaction();
    int code = database_.tryExec(sql);
    if (code != SQLITE_OK) raise(handle(), code, sql, in_batch);
}

sqlite3_stmt* Connection::control(std::string_view sql) {
    for (const auto& [text, statement] : controls_) {
        if (text == sql) return statement.get();
    }
    sqlite3_stmt* raw = nullptr;
    int code = sqlite3_prepare_v3(handle(), sql.data(), static_cast<int>(sql.size()),
                                  SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    if (code != SQLITE_OK) raise(handle(), code, sql, in_transaction());
    controls_.emplace_back(sql, raw);
    return raw;
}

void Connection::run_prepared(std::string_view sql) {
    auto* statement = control(sql);
    bool in_batch = in_transaction();
    sqlite3_step(statement);
    int code = sqlite3_reset(statement);  // gives the step's own error again
    if (code != SQLITE_OK) raise(handle(), code, sql, in_batch);
}

void Connection::cache_kib(int size) noexcept {
    sqlite3_exec(handle(), ("PRAGMA cache_size=-" + std::to_string(size)).c_str(), nullptr, nullptr,
                 nullptr);
}

void Connection::widen_cache() noexcept {
    if (wide_ || mode_ != Mode::writer) return;
    wide_ = true;
    cache_kib(limits::kLargeTransactionCacheKib);
}

// What is over goes back to the process at once, the pages unused for longest first.
void Connection::narrow_cache() noexcept {
    if (!wide_) return;
    wide_ = false;
    cache_kib(limits::kWriterCacheKib);
}

std::string Connection::ask(const std::string& sql) {
    try {
        auto column = database_.execAndGet(sql);
        return column.isNull() ? std::string{} : column.getString();
    } catch (const SQLite::Exception& error) {
        if (error.getErrorCode() == -1) return {};  // SQLiteCpp's own code for: no row
        throw StorageError(kind_of(error.getErrorCode()), false, std::string(error.what()));
    }
}

void Connection::pragma(const std::string& name, const std::string& value,
                        const std::string& reads_back) {
    run("PRAGMA " + name + "=" + value);
    auto actual = ask("PRAGMA " + name);
    if (actual != reads_back) {
        throw StorageError(StorageError::Kind::other, false,
                           "PRAGMA " + name + " stays " + actual + " instead of " + reads_back);
    }
}

void Connection::option(int which, int value, const char* name) {
    int actual = -1;
    int code = sqlite3_db_config(handle(), which, value, &actual);
    if (code != SQLITE_OK || actual != value) {
        throw StorageError(StorageError::Kind::other, false,
                           std::string("SQLite refuses the option ") + name);
    }
}

void Connection::configure(Mode mode, const Settings& settings) {
    option(SQLITE_DBCONFIG_DQS_DML, 0, "DQS_DML");
    option(SQLITE_DBCONFIG_DQS_DDL, 0, "DQS_DDL");
    option(SQLITE_DBCONFIG_DEFENSIVE, 1, "DEFENSIVE");
    pragma("trusted_schema", "OFF", "0");
    pragma("foreign_keys", "ON", "1");
    pragma("cell_size_check", "ON", "1");
    pragma("temp_store", "MEMORY", "2");
    pragma("busy_timeout", std::to_string(settings.busy_timeout_ms),
           std::to_string(settings.busy_timeout_ms));
    int cache = mode == Mode::writer ? limits::kWriterCacheKib : limits::kReaderCacheKib;
    pragma("cache_size", std::to_string(-cache), std::to_string(-cache));
    if (mode == Mode::reader) {
        // Only the writer may checkpoint; see the engine's comment.
        option(SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, "NO_CKPT_ON_CLOSE");
        pragma("query_only", "ON", "1");
        return;
    }
    pragma("journal_mode", "WAL", "wal");
    pragma("synchronous", "FULL", "2");
    pragma("secure_delete", "FAST", "2");
    auto journal = std::to_string(limits::kWalBytesKept);
    pragma("journal_size_limit", journal, journal);
    if (settings.max_page_count) {
        auto pages = std::to_string(*settings.max_page_count);
        pragma("max_page_count", pages, pages);
    }
}

}  // namespace wharf::storage::sqlite
