#include "host/storage/sqlite/statement.hpp"

#include <algorithm>
#include <stdexcept>

#include "host/storage/sqlite/errors.hpp"
#include "host/storage/sqlite/sql_rules.hpp"

namespace wharf::storage::sqlite {

Statement::Statement(sqlite3* connection, std::string_view sql, bool may_write)
    : connection_(connection), sql_(sql) {
    refuse_forbidden_sql(sql);
    sqlite3_stmt* raw = nullptr;
    int code = sqlite3_prepare_v3(connection, sql_.c_str(), static_cast<int>(sql_.size() + 1),
                                  SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    handle_.reset(raw);
    if (code == SQLITE_ERROR) {
        throw std::logic_error(std::string(sqlite3_errmsg(connection)) + " (in: " + sql_ + ")");
    }
    if (code != SQLITE_OK) raise(connection, code, sql_, true);
    if (!may_write && sqlite3_stmt_readonly(raw) == 0) {
        throw std::logic_error("a snapshot refuses writes: " + sql_);
    }
    for (int i = 1; i <= sqlite3_bind_parameter_count(raw); ++i) {
        names_.emplace_back(sqlite3_bind_parameter_name(raw, i) + 1);
    }
}

bool Statement::in_given_order(std::span<const Parameter> parameters) const {
    return std::equal(
        parameters.begin(), parameters.end(), names_.begin(), names_.end(),
        [](const Parameter& given, const std::string& name) { return given.name == name; });
}

void Statement::bind(std::span<const Parameter> parameters) {
    if (in_given_order(parameters)) {
        int position = 0;
        for (const auto& parameter : parameters) bind_value(++position, parameter);
        return;
    }
    std::vector<bool> bound(names_.size());
    for (const auto& parameter : parameters) {
        auto name = std::find(names_.begin(), names_.end(), parameter.name);
        if (name == names_.end()) {
            throw std::logic_error("no parameter :" + std::string(parameter.name) + " in: " + sql_);
        }
        auto index = static_cast<std::size_t>(name - names_.begin());
        if (bound[index])
            throw std::logic_error("parameter :" + *name + " is given twice: " + sql_);
        bound[index] = true;
        bind_value(static_cast<int>(index) + 1, parameter);
    }
    auto missing = std::find(bound.begin(), bound.end(), false);
    if (missing != bound.end()) {
        const auto& name = names_[static_cast<std::size_t>(missing - bound.begin())];
        throw std::logic_error("parameter :" + name + " is not given: " + sql_);
    }
}

void Statement::bind_value(int position, const Parameter& parameter) {
    int code = SQLITE_OK;
    if (const auto* integer = std::get_if<std::int64_t>(&parameter.value)) {
        code = sqlite3_bind_int64(handle_.get(), position, *integer);
    } else if (const auto* text = std::get_if<std::string_view>(&parameter.value)) {
        // PostgreSQL cannot store it, and C interfaces would cut the text there.
        if (text->find('\0') != std::string_view::npos) {
            throw StorageError(StorageError::Kind::constraint, false,
                               "text with a NUL character for :" + std::string(parameter.name));
        }
        // A null pointer would bind NULL instead of the empty text.
        const char* begin = text->data() == nullptr ? "" : text->data();
        code = sqlite3_bind_text64(handle_.get(), position, begin, text->size(), SQLITE_STATIC,
                                   SQLITE_UTF8);
    } else {
        code = sqlite3_bind_null(handle_.get(), position);
    }
    if (code != SQLITE_OK) raise(connection_, code, sql_, true);
}

bool Statement::next() {
    int code = sqlite3_step(handle_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    raise(connection_, code, sql_, true);
}

std::int64_t Statement::run() {
    if (next()) throw std::logic_error("execute() was given a statement with rows: " + sql_);
    return sqlite3_stmt_readonly(handle_.get()) != 0 ? 0 : sqlite3_changes64(connection_);
}

void Statement::expect(int column, int type) const {
    if (sqlite3_column_type(handle_.get(), column) == type) return;
    throw std::logic_error(
        "column " + std::to_string(column) +
        (type == SQLITE_INTEGER ? " is not an integer in: " : " is not text in: ") + sql_);
}

bool Statement::is_null(int column) const {
    return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
    expect(column, SQLITE_INTEGER);
    return sqlite3_column_int64(handle_.get(), column);
}

std::string_view Statement::text(int column) const {
    expect(column, SQLITE_TEXT);
    const auto* bytes = static_cast<const void*>(sqlite3_column_text(handle_.get(), column));
    return {static_cast<const char*>(bytes),
            static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

// What was bound stays bound, and may be dead: bind() replaces all of it before the next step.
void Statement::release() noexcept {
    sqlite3_reset(handle_.get());
    in_use_ = false;
}

}  // namespace wharf::storage::sqlite
