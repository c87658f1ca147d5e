#include "bench/bare_rows.hpp"

#include <algorithm>
#include <stdexcept>

namespace wharf::bench {
namespace {

[[noreturn]] void fail(sqlite3* database, const std::string& sql) {
    throw std::runtime_error(std::string(sqlite3_errmsg(database)) + " (in: " + sql + ")");
}

}  // namespace

BareDatabase open_bare(const std::string& file) {
    sqlite3* raw = nullptr;
    const int code =
        sqlite3_open_v2(file.c_str(), &raw,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    BareDatabase database(raw);
    if (code != SQLITE_OK) fail(raw, file);
    run_sql(raw,
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-262144; "
            "PRAGMA temp_store=MEMORY");
    return database;
}

void run_sql(sqlite3* database, const std::string& sql) {
    if (sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
        fail(database, sql);
    }
}

void make_bare_table(sqlite3* database, const std::string& name, const std::string& like) {
    std::string sql = "CREATE TABLE IF NOT EXISTS ";
    sql.append(name).append(" AS SELECT * FROM ").append(like).append(" WHERE 1 = 0");
    run_sql(database, sql);
}

BareStatement::BareStatement(sqlite3* database, const std::string& sql) {
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v3(database, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr) !=
        SQLITE_OK) {
        fail(database, sql);
    }
    statement_.reset(raw);
}

void BareStatement::bind(int position, std::int64_t value) {
    sqlite3_bind_int64(statement_.get(), position, value);
}

void BareStatement::bind(int position, std::string_view text) {
    sqlite3_bind_text64(statement_.get(), position, text.data() == nullptr ? "" : text.data(),
                        text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

bool BareStatement::next() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    fail(sqlite3_db_handle(statement_.get()), sqlite3_sql(statement_.get()));
}

void BareStatement::run() {
    while (next()) {
    }
    reset();
}

void BareStatement::reset() {
    sqlite3_reset(statement_.get());
}

std::int64_t BareStatement::integer(int column) {
    return sqlite3_column_int64(statement_.get(), column);
}

std::string_view BareStatement::text(int column) {
    const auto* bytes = static_cast<const void*>(sqlite3_column_text(statement_.get(), column));
    return {static_cast<const char*>(bytes),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

RowCopier::RowCopier(sqlite3* database, const std::string& table, const std::string& where,
                     const std::vector<std::string>& changing, const std::string& into)
    : positions_(changing.size()) {
    BareStatement read(database, "SELECT * FROM " + table + " WHERE " + where + " LIMIT 1");
    if (!read.next()) throw std::runtime_error("no row to copy in " + table + " where " + where);
    std::string columns;
    std::string marks;
    for (int i = 0; i < sqlite3_column_count(read.handle()); ++i) {
        const std::string name = sqlite3_column_name(read.handle(), i);
        columns += (i == 0 ? "" : ", ") + name;
        marks += i == 0 ? "?" : ", ?";
        const auto changes = std::find(changing.begin(), changing.end(), name);
        if (changes != changing.end()) {
            positions_[static_cast<std::size_t>(changes - changing.begin())] = i + 1;
        }
        const int type = sqlite3_column_type(read.handle(), i);
        values_.push_back(type == SQLITE_TEXT      ? Value(std::string(read.text(i)))
                          : type == SQLITE_INTEGER ? Value(read.integer(i))
                                                   : Value());
    }
    insert_ =
        std::make_unique<BareStatement>(database, "INSERT INTO " + (into.empty() ? table : into) +
                                                      " (" + columns + ") VALUES (" + marks + ")");
    bind_all();
}

void RowCopier::bind_all() {
    int position = 0;
    for (const auto& value : values_) {
        ++position;
        if (const auto* text = std::get_if<std::string>(&value)) {
            insert_->bind(position, std::string_view(*text));
        } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
            insert_->bind(position, *number);
        }
    }
}

}  // namespace wharf::bench
