// One SQLite connection, opened the only way that Wharf opens one: every pragma set and then read
// back. Serves one thread at a time.
#pragma once

#include <SQLiteCpp/Database.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "host/storage/sqlite/engine.hpp"
#include "host/storage/sqlite/statement_cache.hpp"

namespace wharf::storage::sqlite {

class Connection {
public:
    enum class Mode { writer, reader };

    Connection(const std::filesystem::path& file, Mode mode, const Settings& settings);

    [[nodiscard]] sqlite3* handle() const { return database_.getHandle(); }
    [[nodiscard]] SQLite::Database& database() { return database_; }
    [[nodiscard]] StatementCache& statements() { return statements_; }
    // Autocommit is off exactly while a transaction is open.
    [[nodiscard]] bool in_transaction() const { return sqlite3_get_autocommit(handle()) == 0; }

    // For the engine's own statements: transactions, pragmas, DDL.
    void run(const char* sql);
    void run(const std::string& sql) { run(sql.c_str()); }
    // The same for what every unit runs (SAVEPOINT, RELEASE ...): prepared once. `sql` is a
    // literal.
    void run_prepared(std::string_view sql);
    // The writer's cache while a transaction changes very many pages, and at rest again. Where that
    // fails the cache stays as it is.
    void widen_cache() noexcept;
    void narrow_cache() noexcept;
    // The first column of the first row as text; empty when there is none.
    std::string ask(const std::string& sql);

private:
    void cache_kib(int size) noexcept;
    void configure(Mode mode, const Settings& settings);
    void pragma(const std::string& name, const std::string& value, const std::string& reads_back);
    void option(int which, int value, const char* name);

    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    using Control = std::pair<std::string_view, std::unique_ptr<sqlite3_stmt, Finalize>>;
    sqlite3_stmt* control(std::string_view sql);

    SQLite::Database database_;
    Mode mode_;
    bool wide_ = false;
    StatementCache statements_;
    std::vector<Control> controls_;  // a handful: searched from the front
};

// Written into every file of ours: tells them from other SQLite databases.
inline constexpr int kApplicationId = 0x57686172;  // "Whar"

}  // namespace wharf::storage::sqlite
