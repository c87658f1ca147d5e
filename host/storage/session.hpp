// Access to one account's database: statements, rows and savepoints.
//
// A session serves one thread at a time. Its SQL never names the account. The SQL is the part that
// SQLite and PostgreSQL share: named parameters, no ON CONFLICT, LIKE, JSON operators, sequences or
// database clock; NULLS FIRST written where nulls sort; sums CAST to bigint.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "host/storage/value.hpp"

namespace wharf::storage {

// A statement that failed. `poisoned` says that the engine has given up the whole transaction, so
// that not even a savepoint of it can be kept.
class StorageError : public std::runtime_error {
public:
    enum class Kind { constraint, busy, full, io, corrupt, no_memory, newer_schema, in_use, other };

    StorageError(Kind kind, bool poisoned, const std::string& what)
        : std::runtime_error(what), kind_(kind), poisoned_(poisoned) {}

    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] bool poisoned() const { return poisoned_; }

private:
    Kind kind_;
    bool poisoned_;
};

// The engine's side of a running query; owned and pooled by the session.
class Rows {
public:
    virtual bool next() = 0;
    [[nodiscard]] virtual bool is_null(int column) const = 0;
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    // Valid until the next call of next() or release().
    [[nodiscard]] virtual std::string_view text(int column) const = 0;
    // Ends the query and gives the statement back: an open one would pin its snapshot.
    virtual void release() noexcept = 0;

protected:
    ~Rows() = default;
};

// A running query. Columns are counted from 0 in the order of the SELECT list.
class Cursor {
public:
    explicit Cursor(Rows& rows) : rows_(&rows) {}
    Cursor(Cursor&& other) noexcept : rows_(std::exchange(other.rows_, nullptr)) {}
    Cursor& operator=(Cursor&&) = delete;
    ~Cursor() {
        if (rows_ != nullptr) rows_->release();
    }

    bool next() { return rows_->next(); }
    [[nodiscard]] bool is_null(int column) const { return rows_->is_null(column); }
    [[nodiscard]] std::int64_t integer(int column) const { return rows_->integer(column); }
    [[nodiscard]] std::string_view text(int column) const { return rows_->text(column); }

    // The column as a strong type, an enum, text, bool, an integer, or an optional of one of these.
    template <class T>
    [[nodiscard]] T get(int column) const {
        if constexpr (IsOptional<T>::value) {
            if (is_null(column)) return std::nullopt;
            return get<typename T::value_type>(column);
        } else if constexpr (IntegerLike<T>) {
            return T::from_raw(integer(column));
        } else if constexpr (std::is_enum_v<T>) {
            T value{};
            if (!boost::describe::enum_from_string(std::string(text(column)).c_str(), value)) {
                throw std::logic_error("stored name is not one of the enum's: " +
                                       std::string(text(column)));
            }
            return value;
        } else if constexpr (std::same_as<T, bool>) {
            return integer(column) != 0;
        } else if constexpr (std::integral<T>) {
            auto stored = integer(column);
            if (!std::in_range<T>(stored)) throw std::logic_error("a stored integer does not fit");
            return static_cast<T>(stored);
        } else {
            return T(std::string(text(column)));
        }
    }

private:
    Rows* rows_;
};

class Session {
public:
    using Parameters = std::initializer_list<Parameter>;

    virtual ~Session() = default;

    // Runs a statement that returns no rows; gives the number of rows it changed.
    std::int64_t execute(std::string_view sql, Parameters parameters = {}) {
        return do_execute(sql, {parameters.begin(), parameters.size()});
    }
    // The same with a list made at run time.
    std::int64_t execute(std::string_view sql, std::span<const Parameter> parameters) {
        return do_execute(sql, parameters);
    }

    Cursor select(std::string_view sql, Parameters parameters = {}) {
        return Cursor(do_select(sql, {parameters.begin(), parameters.size()}));
    }
    Cursor select(std::string_view sql, std::span<const Parameter> parameters) {
        return Cursor(do_select(sql, parameters));
    }

    // The first column of the first row, or nothing when there is no row (or it holds null).
    template <class T>
    std::optional<T> value(std::string_view sql, Parameters parameters = {}) {
        auto rows = select(sql, parameters);
        if (!rows.next() || rows.is_null(0)) return std::nullopt;
        return rows.get<T>(0);
    }

    // Savepoints nest; use the guard below rather than these. rollback_savepoint either rolls back
    // or gives up the whole transaction and throws: a half-done unit is never kept.
    virtual void begin_savepoint() = 0;
    virtual void release_savepoint() = 0;
    virtual void rollback_savepoint() = 0;

    // False once the engine has given up the transaction (disk full, I/O error, no memory): then no
    // further statement may run in this batch.
    [[nodiscard]] virtual bool in_transaction() const = 0;

private:
    virtual std::int64_t do_execute(std::string_view sql,
                                    std::span<const Parameter> parameters) = 0;
    virtual Rows& do_select(std::string_view sql, std::span<const Parameter> parameters) = 0;
};

// Rolls back to where it was made unless kept. After a poisoned transaction it does nothing: there
// is nothing left to roll back to, and a new SAVEPOINT would commit by itself.
class Savepoint {
public:
    explicit Savepoint(Session& session) : session_(session) { session_.begin_savepoint(); }
    Savepoint(const Savepoint&) = delete;
    Savepoint& operator=(const Savepoint&) = delete;
    ~Savepoint();

    void keep();
    void undo();

private:
    Session& session_;
    bool open_ = true;
};

}  // namespace wharf::storage
