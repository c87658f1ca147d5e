// Tables described once. Each engine writes its own DDL from these descriptions: SQLite makes
// STRICT tables, PostgreSQL adds its hidden account column and row-level security.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace wharf::storage {

enum class ColumnType { integer, text };

struct Column {
    std::string_view name;
    ColumnType type = ColumnType::text;
    bool nullable = false;
};

struct Index {
    std::string_view name;
    std::vector<std::string_view> columns;
    bool unique = false;
};

struct Table {
    std::string_view name;
    std::vector<Column> columns;
    std::vector<std::string_view> primary_key;
    std::vector<Index> indexes = {};
    // Rows of some 200 bytes and more, such as whole documents: a hint for the engine's layout.
    bool wide_rows = false;
};

// One numbered step of a schema's life. A step once released is never edited: its checksum is kept
// in the database and compared at every opening.
struct Migration {
    int number;
    std::string_view title;
    std::vector<Table> create_tables = {};
    struct AddColumn {
        std::string_view table;
        Column column;  // must be nullable
    };
    std::vector<AddColumn> add_columns = {};
    struct AddIndex {
        std::string_view table;
        Index index;
    };
    std::vector<AddIndex> add_indexes = {};
};

// A schema is the migrations of several rooms, in one order; numbers are unique and ascending.
using Schema = std::vector<Migration>;

}  // namespace wharf::storage
