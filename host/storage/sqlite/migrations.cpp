#include "host/storage/sqlite/migrations.hpp"

#include <SQLiteCpp/Statement.h>

#include <map>

#include "host/storage/schema.hpp"
#include "host/storage/sqlite/ddl.hpp"

namespace wharf::storage::sqlite {
namespace {

using Kind = StorageError::Kind;
using Applied = std::map<int, std::string>;

constexpr const char* kCreateList =
    "CREATE TABLE schema_migration (number INTEGER PRIMARY KEY, title TEXT NOT NULL, "
    "checksum TEXT NOT NULL) STRICT";

// SQLite knows whether a file is a database only when it reads it; the application id tells ours.
bool is_new(Connection& connection) {
    if (connection.ask("PRAGMA application_id") == std::to_string(kApplicationId)) return false;
    if (connection.ask("SELECT count(*) FROM sqlite_schema") == "0") return true;
    throw StorageError(Kind::corrupt, false,
                       connection.database().getFilename() + " is not a database of Wharf");
}

Applied read_applied(Connection& connection) {
    Applied applied;
    SQLite::Statement rows(connection.database(), "SELECT number, checksum FROM schema_migration");
    while (rows.executeStep()) {
        applied.emplace(rows.getColumn(0).getInt(), rows.getColumn(1).getString());
    }
    return applied;
}

void refuse_unknown(const Applied& applied, const Schema& schema, const std::string& file) {
    for (const auto& [number, sum] : applied) {
        bool known = false;
        for (const auto& migration : schema) known = known || migration.number == number;
        if (!known) {
            throw StorageError(Kind::newer_schema, false,
                               file + " has schema step " + std::to_string(number) +
                                   ", which this program does not know: it was written by a newer "
                                   "version");
        }
    }
}

void apply(Connection& connection, const Migration& migration, const std::string& sum) {
    for (const auto& statement : ddl(migration)) connection.run(statement);
    SQLite::Statement insert(
        connection.database(),
        "INSERT INTO schema_migration (number, title, checksum) VALUES (?,?,?)");
    insert.bind(1, migration.number);
    insert.bind(2, std::string(migration.title));
    insert.bind(3, sum);
    insert.exec();
}

void bring_up_to_date(Connection& connection, const Schema& schema, bool fresh) {
    const auto& file = connection.database().getFilename();
    auto applied = fresh ? Applied{} : read_applied(connection);
    refuse_unknown(applied, schema, file);
    for (const auto& migration : schema) {
        auto sum = checksum(migration);
        auto known = applied.find(migration.number);
        if (known == applied.end()) {
            apply(connection, migration, sum);
        } else if (known->second != sum) {
            throw StorageError(Kind::other, false,
                               file + ": schema step " + std::to_string(migration.number) + " (" +
                                   std::string(migration.title) +
                                   ") is not the one that was applied to it");
        }
    }
}

}  // namespace

void migrate(Connection& connection, const Schema& schema) {
    check_schema(schema);
    bool fresh = is_new(connection);
    connection.run("BEGIN IMMEDIATE");
    try {
        if (fresh) {
            connection.run("PRAGMA application_id=" + std::to_string(kApplicationId));
            connection.run(kCreateList);
        }
        bring_up_to_date(connection, schema, fresh);
        connection.run("COMMIT");
    } catch (const SQLite::Exception& error) {
        connection.database().tryExec("ROLLBACK");
        throw StorageError(Kind::corrupt, false, error.what());
    } catch (...) {
        connection.database().tryExec("ROLLBACK");
        throw;
    }
}

}  // namespace wharf::storage::sqlite
