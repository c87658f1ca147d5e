// One prepared statement: binding by name, stepping, reading. Inside host/storage/sqlite only.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/storage/session.hpp"

namespace wharf::storage::sqlite {

class Statement final : public Rows {
public:
    // Compiles one statement. Throws std::logic_error for SQL that is not one whole statement with
    // named parameters, or that writes through a connection which may only read.
    Statement(sqlite3* connection, std::string_view sql, bool may_write);
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement() = default;

    [[nodiscard]] const std::string& sql() const { return sql_; }
    [[nodiscard]] bool in_use() const { return in_use_; }
    // `lease` counts up over the connection: the least is the one unused for longest.
    void take(std::uint64_t lease) {
        in_use_ = true;
        taken_as_ = lease;
    }
    [[nodiscard]] std::uint64_t taken_as() const { return taken_as_; }

    // Every parameter of the statement once, none besides. Text is not copied.
    void bind(std::span<const Parameter> parameters);
    // Runs to the end; gives the number of rows changed. The statement must return no rows.
    std::int64_t run();

    bool next() override;
    [[nodiscard]] bool is_null(int column) const override;
    [[nodiscard]] std::int64_t integer(int column) const override;
    [[nodiscard]] std::string_view text(int column) const override;
    void release() noexcept override;

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };

    [[nodiscard]] bool in_given_order(std::span<const Parameter> parameters) const;
    void bind_value(int position, const Parameter& parameter);
    void expect(int column, int type) const;

    sqlite3* connection_;
    std::string sql_;
    std::unique_ptr<sqlite3_stmt, Finalize> handle_;
    std::vector<std::string> names_;  // of the parameters, in order, without the colon
    std::uint64_t taken_as_ = 0;
    bool in_use_ = false;
};

}  // namespace wharf::storage::sqlite
