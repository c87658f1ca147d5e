// Sanity and checksums of schemas; the same for every engine.
#include "host/storage/schema.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <stdexcept>

namespace wharf::storage {
namespace {

[[noreturn]] void fault(const Migration& migration, const std::string& what) {
    throw std::logic_error("migration " + std::to_string(migration.number) + " (" +
                           std::string(migration.title) + "): " + what);
}

bool plain_name(std::string_view name) {
    if (name.empty() || name.size() > 63 || name.front() < 'a' || name.front() > 'z') return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

void check_name(const Migration& migration, std::string_view name) {
    if (!plain_name(name)) fault(migration, "\"" + std::string(name) + "\" is not a plain name");
}

void check_columns_exist(const Migration& migration, const Table& table,
                         const std::vector<std::string_view>& names) {
    for (auto name : names) {
        bool there = std::any_of(table.columns.begin(), table.columns.end(),
                                 [&](const Column& column) { return column.name == name; });
        if (!there) {
            fault(migration, std::string(table.name) + " has no column " + std::string(name));
        }
    }
}

void check_table(const Migration& migration, const Table& table) {
    check_name(migration, table.name);
    for (const auto& column : table.columns) check_name(migration, column.name);
    if (table.primary_key.empty()) fault(migration, std::string(table.name) + " has no key");
    check_columns_exist(migration, table, table.primary_key);
    for (const auto& column : table.columns) {
        bool in_key = std::find(table.primary_key.begin(), table.primary_key.end(), column.name) !=
                      table.primary_key.end();
        if (in_key && column.nullable) {
            fault(migration, "key column " + std::string(column.name) + " is nullable");
        }
    }
    for (const auto& index : table.indexes) {
        check_name(migration, index.name);
        check_columns_exist(migration, table, index.columns);
    }
}

// 64-bit FNV-1a. It guards against honest edits of a released migration, not against an attacker.
class Fnv {
public:
    void add(std::string_view text) {
        for (char c : text) step(static_cast<unsigned char>(c));
        step(0);
    }
    // A literal would rather become a bool than a view: it is told to be text.
    void add(const char* text) { add(std::string_view(text)); }
    void add(bool flag) { step(flag ? 1 : 2); }
    [[nodiscard]] std::string hex() const {
        constexpr std::string_view digits = "0123456789abcdef";
        std::string text(16, '0');
        for (std::size_t i = 0; i < 16; ++i) text[i] = digits[(state_ >> (60 - 4 * i)) & 15U];
        return text;
    }

private:
    void step(unsigned char byte) { state_ = (state_ ^ byte) * 0x100000001b3ULL; }
    std::uint64_t state_ = 0xcbf29ce484222325ULL;
};

void add(Fnv& fnv, const Column& column) {
    fnv.add(column.name);
    fnv.add(column.type == ColumnType::integer);
    fnv.add(column.nullable);
}

void add(Fnv& fnv, const Index& index) {
    fnv.add(index.name);
    for (auto name : index.columns) fnv.add(name);
    fnv.add(index.unique);
}

}  // namespace

void check_schema(const Schema& schema) {
    int last = 0;
    for (const auto& migration : schema) {
        if (migration.number <= last) fault(migration, "its number is not above the one before");
        last = migration.number;
        for (const auto& table : migration.create_tables) check_table(migration, table);
        for (const auto& added : migration.add_columns) {
            check_name(migration, added.table);
            check_name(migration, added.column.name);
            if (!added.column.nullable) {
                fault(migration, "added column " + std::string(added.column.name) +
                                     " must be nullable: there are rows already");
            }
        }
        for (const auto& added : migration.add_indexes) {
            check_name(migration, added.table);
            check_name(migration, added.index.name);
            for (auto name : added.index.columns) check_name(migration, name);
        }
    }
}

std::string checksum(const Migration& migration) {
    Fnv fnv;
    for (const auto& table : migration.create_tables) {
        fnv.add("table");
        fnv.add(table.name);
        for (const auto& column : table.columns) add(fnv, column);
        fnv.add("key");
        for (auto name : table.primary_key) fnv.add(name);
        for (const auto& index : table.indexes) add(fnv, index);
    }
    for (const auto& added : migration.add_columns) {
        fnv.add("column");
        fnv.add(added.table);
        add(fnv, added.column);
    }
    for (const auto& added : migration.add_indexes) {
        fnv.add("index");
        fnv.add(added.table);
        add(fnv, added.index);
    }
    return fnv.hex();
}

}  // namespace wharf::storage
