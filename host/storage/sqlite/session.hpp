// The Session of one connection. The writer's refuses everything outside a batch and everything
// after the batch's transaction is gone. Inside host/storage/sqlite only.
#pragma once

#include "host/storage/sqlite/connection.hpp"

namespace wharf::storage::sqlite {

class SqliteSession final : public Session {
public:
    SqliteSession(Connection& connection, const FaultHook& fault)
        : connection_(connection), fault_(fault) {}

    void begin(const char* begin_sql);
    // Throws when the outcome is not "durable"; the transaction is over in every case.
    void commit();
    void rollback() noexcept;

    void begin_savepoint() override;
    void release_savepoint() override;
    void rollback_savepoint() override;
    [[nodiscard]] bool in_transaction() const override { return connection_.in_transaction(); }

private:
    std::int64_t do_execute(std::string_view sql, std::span<const Parameter> parameters) override;
    Rows& do_select(std::string_view sql, std::span<const Parameter> parameters) override;

    void require_transaction() const;
    void inject_fault(std::string_view sql);
    void control(const char* sql);
    void count_statement();
    Statement& bound(std::string_view sql, std::span<const Parameter> parameters);

    Connection& connection_;
    const FaultHook& fault_;
    int statements_ = 0;  // of this transaction
    bool begun_ = false;  // between begin() and its end, even when the engine gave up in between
};

}  // namespace wharf::storage::sqlite
