#include "host/operations/table_rows.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>
#include <wharf/json_text.hpp>

namespace wharf::operations {
namespace {

std::string select_all(const storage::Table& table) {
    std::string columns;
    for (const auto& column : table.columns) {
        columns += (columns.empty() ? "" : ", ") + std::string(column.name);
    }
    std::string key;
    for (const auto name : table.primary_key) key += (key.empty() ? "" : ", ") + std::string(name);
    return "SELECT " + columns + " FROM " + std::string(table.name) + " ORDER BY " + key;
}

}  // namespace

std::vector<storage::Table> tables_of(const storage::Schema& schema) {
    std::vector<storage::Table> tables;
    for (const auto& migration : schema) {
        tables.insert(tables.end(), migration.create_tables.begin(), migration.create_tables.end());
        for (const auto& added : migration.add_columns) {
            const auto table = std::find_if(tables.begin(), tables.end(), [&](const auto& one) {
                return one.name == added.table;
            });
            if (table == tables.end()) throw std::logic_error("a column is added to no table");
            table->columns.push_back(added.column);
        }
    }
    return tables;
}

TableRows::TableRows(storage::Session& session, const storage::Table& table, Veil veil)
    : table_(table), veil_(std::move(veil)), rows_(session.select(select_all(table))) {}

std::optional<std::string> TableRows::next() {
    if (!rows_.next()) return std::nullopt;
    std::string text = "{";
    for (std::size_t i = 0; i < table_.columns.size(); ++i) {
        const auto& column = table_.columns[i];
        const auto position = static_cast<int>(i);
        if (i > 0) text += ',';
        append_json_string(text, column.name);
        text += ':';
        if (rows_.is_null(position)) {
            text += "null";
        } else if (column.type == storage::ColumnType::integer) {
            append_json_integer(text, rows_.integer(position));
        } else {
            std::string value(rows_.text(position));
            append_json_string(text, veil_ ? veil_(column.name, std::move(value), rows_) : value);
        }
    }
    return text + '}';
}

}  // namespace wharf::operations
