// Rows written as barely as SQLite allows: prepared statements over its C interface on a copy of an
// account's file, so that the tables and the bytes are those of the host and nothing else is.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace wharf::bench {

struct CloseDatabase {
    void operator()(sqlite3* database) const { sqlite3_close(database); }
};
using BareDatabase = std::unique_ptr<sqlite3, CloseDatabase>;

// Write-ahead log and a sync with each commit, as the host has them; a cache that holds everything.
BareDatabase open_bare(const std::string& file);
void run_sql(sqlite3* database, const std::string& sql);
// A table without rows or indexes that has the columns of another, unless it is there.
void make_bare_table(sqlite3* database, const std::string& name, const std::string& like);

class BareStatement {
public:
    BareStatement(sqlite3* database, const std::string& sql);

    // Positions from 1. Text is not copied. What is bound stays bound for the next run.
    void bind(int position, std::int64_t value);
    void bind(int position, std::string_view text);
    bool next();
    void run();  // to its end, and ready again
    void reset();
    [[nodiscard]] std::int64_t integer(int column);
    [[nodiscard]] std::string_view text(int column);
    [[nodiscard]] sqlite3_stmt* handle() { return statement_.get(); }

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

// Inserts rows like one that is there: whatever is not set again is as in that row.
class RowCopier {
public:
    // `changing`: the columns that set() counts, from 0. `into`: another table with the same
    // columns; else the same one.
    RowCopier(sqlite3* database, const std::string& table, const std::string& where,
              const std::vector<std::string>& changing, const std::string& into = {});

    RowCopier& set(std::size_t changing, std::int64_t value) {
        insert_->bind(positions_[changing], value);
        return *this;
    }
    // The text must live until the row is inserted.
    RowCopier& set(std::size_t changing, std::string_view text) {
        insert_->bind(positions_[changing], text);
        return *this;
    }
    void insert() { insert_->run(); }

private:
    using Value = std::variant<std::monostate, std::int64_t, std::string>;
    void bind_all();

    std::vector<Value> values_;  // of the row that was there
    std::vector<int> positions_;
    std::unique_ptr<BareStatement> insert_;
};

}  // namespace wharf::bench
