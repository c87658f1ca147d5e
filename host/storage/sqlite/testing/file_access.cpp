#include "host/storage/sqlite/testing/file_access.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

namespace wharf::storage::sqlite {
namespace {

constexpr int kBusyMilliseconds = 5000;

struct Close {
    void operator()(sqlite3* connection) const { sqlite3_close(connection); }
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Connection = std::unique_ptr<sqlite3, Close>;

Connection opened(const std::filesystem::path& file, int flags) {
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &raw, flags, nullptr);
    Connection connection(raw);
    if (code != SQLITE_OK) throw std::runtime_error(file.string() + ": " + sqlite3_errstr(code));
    sqlite3_busy_timeout(raw, kBusyMilliseconds);
    return connection;
}

TextRow row_of(sqlite3_stmt* statement) {
    TextRow row;
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
        const auto* text = sqlite3_column_text(statement, i);
        row.emplace_back(text == nullptr ? "NULL" : reinterpret_cast<const char*>(text));
    }
    return row;
}

std::vector<TextRow> rows_of(sqlite3* connection, const std::string& sql) {
    sqlite3_stmt* raw = nullptr;
    int code = sqlite3_prepare_v2(connection, sql.c_str(), -1, &raw, nullptr);
    const std::unique_ptr<sqlite3_stmt, Close> statement(raw);
    std::vector<TextRow> rows;
    while (code == SQLITE_OK || code == SQLITE_ROW) {
        code = sqlite3_step(raw);
        if (code == SQLITE_ROW) rows.push_back(row_of(raw));
    }
    if (code != SQLITE_DONE) {
        throw std::runtime_error(std::string(sqlite3_errmsg(connection)) + " (in: " + sql + ")");
    }
    return rows;
}

}  // namespace

std::vector<TextRow> run_on_file(const std::filesystem::path& file, const std::string& sql) {
    return rows_of(opened(file, SQLITE_OPEN_READWRITE).get(), sql);
}

Dump dump_file(const std::filesystem::path& file) {
    const auto connection = opened(file, SQLITE_OPEN_READONLY);
    rows_of(connection.get(), "BEGIN");
    Dump dump;
    for (const auto& table :
         rows_of(connection.get(), "SELECT name FROM sqlite_schema WHERE type = 'table'")) {
        auto& rows = dump[table.front()];
        rows = rows_of(connection.get(), "SELECT * FROM \"" + table.front() + '"');
        std::sort(rows.begin(), rows.end());
    }
    return dump;
}

}  // namespace wharf::storage::sqlite
