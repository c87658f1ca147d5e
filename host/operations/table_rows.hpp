// The rows of a table as text, in one order that every engine gives: for comparing two databases
// byte by byte.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "host/storage/session.hpp"
#include "host/storage/table.hpp"

namespace wharf::operations {

// The tables of a schema as they are after its last migration.
std::vector<storage::Table> tables_of(const storage::Schema& schema);

// Changes the text of one column before it is shown; for what must not be compared.
using Veil = std::function<std::string(std::string_view column, std::string text,
                                       const storage::Cursor& row)>;

// Reads a table by its key. Holds one statement of the session while it lives.
class TableRows {
public:
    TableRows(storage::Session& session, const storage::Table& table, Veil veil = {});

    // The next row as a JSON object, or nothing after the last.
    std::optional<std::string> next();

private:
    const storage::Table& table_;
    Veil veil_;
    storage::Cursor rows_;
};

}  // namespace wharf::operations
