#include "host/storage/sqlite/session.hpp"

#include <memory>
#include <stdexcept>

#include "host/limits.hpp"

namespace wharf::storage::sqlite {
namespace {

using Kind = StorageError::Kind;

bool ends_transaction(Kind kind) {
    return kind == Kind::full || kind == Kind::io || kind == Kind::no_memory;
}

}  // namespace

void SqliteSession::inject_fault(std::string_view sql) {
    if (!fault_) return;
    auto kind = fault_(sql);
    if (!kind) return;
    if (ends_transaction(*kind) && in_transaction()) connection_.run("ROLLBACK");
    throw StorageError(*kind, begun_ && !in_transaction(), "injected fault");
}

void SqliteSession::control(const char* sql) {
    inject_fault(sql);
    connection_.run_prepared(sql);
}

void SqliteSession::begin(const char* begin_sql) {
    if (begun_) throw std::logic_error("a transaction is open already");
    control(begin_sql);
    begun_ = true;
    statements_ = 0;
}

void SqliteSession::commit() {
    try {
        require_transaction();
        control("COMMIT");
        begun_ = false;
        connection_.narrow_cache();
    } catch (...) {
        rollback();
        throw;
    }
}

void SqliteSession::rollback() noexcept {
    connection_.statements().release_all();
    begun_ = false;
    // Nothing to report: whatever fails here, the transaction was never committed.
    if (in_transaction()) connection_.database().tryExec("ROLLBACK");
    connection_.narrow_cache();
}

void SqliteSession::count_statement() {
    if (++statements_ == limits::kLargeTransactionStatements) connection_.widen_cache();
}

void SqliteSession::require_transaction() const {
    if (!begun_) throw std::logic_error("a statement outside a transaction would commit by itself");
    if (!in_transaction()) {
        throw StorageError(Kind::other, true, "the transaction is gone; this batch is dead");
    }
}

void SqliteSession::begin_savepoint() {
    require_transaction();
    control("SAVEPOINT w");
}

void SqliteSession::release_savepoint() {
    require_transaction();
    control("RELEASE w");
}

void SqliteSession::rollback_savepoint() {
    require_transaction();
    try {
        control("ROLLBACK TO w");
        control("RELEASE w");
    } catch (const StorageError& error) {
        // What cannot be undone must not be kept: the whole transaction goes.
        if (in_transaction()) connection_.database().tryExec("ROLLBACK");
        throw StorageError(error.kind(), true, error.what());
    }
}

Statement& SqliteSession::bound(std::string_view sql, std::span<const Parameter> parameters) {
    require_transaction();
    count_statement();
    inject_fault(sql);
    auto& statement = connection_.statements().lease(sql);
    try {
        statement.bind(parameters);
    } catch (...) {
        statement.release();
        throw;
    }
    return statement;
}

std::int64_t SqliteSession::do_execute(std::string_view sql,
                                       std::span<const Parameter> parameters) {
    auto& statement = bound(sql, parameters);
    auto release = [](Statement* taken) { taken->release(); };
    std::unique_ptr<Statement, decltype(release)> guard(&statement);
    return statement.run();
}

Rows& SqliteSession::do_select(std::string_view sql, std::span<const Parameter> parameters) {
    return bound(sql, parameters);
}

}  // namespace wharf::storage::sqlite
