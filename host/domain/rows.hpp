// Described structs as rows: a struct's fields are columns of the same names. Nested objects and
// lists are kept as JSON text. What is kept in a table of its own (the lines of a document) is left
// out.
//
//   template <> struct Stored<Product> : StoredIn<"product", "sku"> {};
//   auto product = find_row<Product>(session, {{"sku", sku}});
//   insert_row(session, product);  update_row(session, product);
#pragma once

#include <boost/json/parse.hpp>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/storage/session.hpp"
#include "wharf/describe.hpp"

namespace wharf::domain {

// A literal as a template argument.
template <std::size_t N>
struct Literal {
    char text[N];
    constexpr Literal(const char (&literal)[N]) { std::copy_n(literal, N, text); }
    [[nodiscard]] constexpr std::string_view view() const { return {text, N - 1}; }
};

// Where rows of a type are: the table, then the columns of its primary key. Key columns that are no
// fields of the struct (the number of a line's document) are its owner.
template <Literal Table, Literal... Key>
struct StoredIn {
    static constexpr std::string_view kTable = Table.view();
    static constexpr std::array<std::string_view, sizeof...(Key)> kKey{Key.view()...};
    static constexpr std::array<std::string_view, 0> kElsewhere{};
};

template <class T>
struct Stored;

namespace detail {

constexpr bool contains(const auto& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Two field names are words of SQL.
constexpr std::string_view column_of(std::string_view field) {
    if (field == "group") return "group_code";
    if (field == "order") return "order_number";
    return field;
}

template <class T>
constexpr bool kIsNested = wharf::detail::kIsVector<T> || wharf::detail::DescribedStruct<T>;
template <class T>
constexpr bool kIsNested<std::optional<T>> = kIsNested<T>;

template <class T, class Visit>
void for_each_column(Visit visit) {
    boost::mp11::mp_for_each<wharf::detail::Members<T>>([&](auto member) {
        if (!contains(Stored<T>::kElsewhere, member.name)) visit(member);
    });
}

// Key columns that the struct does not have.
template <class T>
std::vector<std::string_view> owner_columns() {
    std::vector<std::string_view> owners(Stored<T>::kKey.begin(), Stored<T>::kKey.end());
    for_each_column<T>([&](auto member) { std::erase(owners, column_of(member.name)); });
    return owners;
}

inline void append_listed(std::string& sql, std::string_view text) {
    if (sql.back() != '(' && sql.back() != ' ') sql += ", ";
    sql += text;
}

template <class T>
std::string key_condition() {
    std::string sql = " WHERE ";
    for (auto key : Stored<T>::kKey) {
        if (key != Stored<T>::kKey.front()) sql += " AND ";
        sql += std::string(key) + " = :" + std::string(key);
    }
    return sql;
}

}  // namespace detail

// `sku, name, ...`, optionally behind a table alias: the columns that read_row expects.
template <class T>
std::string columns_of(std::string_view alias = {}) {
    std::string text;
    detail::for_each_column<T>([&](auto member) {
        if (!text.empty()) text += ", ";
        if (!alias.empty()) text += std::string(alias) + '.';
        text += detail::column_of(member.name);
    });
    return text;
}

// `SELECT <columns> FROM <table>`, to be followed by the rest of the statement.
template <class T>
std::string select_from() {
    return "SELECT " + columns_of<T>() + " FROM " + std::string(Stored<T>::kTable);
}

template <class Field>
void read_column(const storage::Cursor& cursor, int column, Field& field) {
    if constexpr (std::same_as<Field, std::optional<RawJson>>) {
        field.reset();
        if (!cursor.is_null(column)) field = RawJson{std::string(cursor.text(column))};
    } else if constexpr (std::same_as<Field, RawJson>) {
        field.text = cursor.text(column);
    } else if constexpr (detail::kIsNested<Field>) {
        field = Field{};
        if (!cursor.is_null(column) && cursor.text(column) != "[]") {
            read_json(boost::json::parse(cursor.text(column)), field);
        }
    } else {
        field = cursor.get<Field>(column);
    }
}

// Reads the struct from a row, beginning at the column `first`.
template <class T>
T read_row(const storage::Cursor& cursor, int first = 0) {
    T value{};
    int column = first;
    detail::for_each_column<T>(
        [&](auto member) { read_column(cursor, column++, value.*member.pointer); });
    return value;
}

template <class T>
constexpr int column_count() {
    int count = 0;
    detail::for_each_column<T>([&](auto) { ++count; });
    return count;
}

// The struct's columns as parameters, behind those of its owner.
template <class T>
class RowParameters {
public:
    RowParameters(const T& value, std::initializer_list<storage::Parameter> owner)
        : parameters_(owner) {
        constexpr std::size_t kFieldsMax = 52;
        texts_.reserve(kFieldsMax);
        parameters_.reserve(owner.size() + kFieldsMax);
        detail::for_each_column<T>(
            [&](auto member) { add(detail::column_of(member.name), value.*member.pointer); });
    }
    RowParameters(const RowParameters&) = delete;
    RowParameters& operator=(const RowParameters&) = delete;
    [[nodiscard]] std::span<const storage::Parameter> list() const { return parameters_; }

private:
    template <class Field>
    void add(std::string_view column, const Field& field) {
        if constexpr (std::same_as<Field, std::optional<RawJson>>) {
            if (field) {
                parameters_.emplace_back(column, field->text);
            } else {
                parameters_.emplace_back(column, nullptr);
            }
        } else if constexpr (std::same_as<Field, RawJson>) {
            parameters_.emplace_back(column, field.text);
        } else if constexpr (detail::kIsNested<Field>) {
            texts_.push_back(to_json(field));
            if (texts_.back() == "null") {
                parameters_.emplace_back(column, nullptr);
            } else {
                parameters_.emplace_back(column, texts_.back());
            }
        } else {
            parameters_.emplace_back(column, field);
        }
    }

    std::vector<std::string> texts_;
    std::vector<storage::Parameter> parameters_;
};

template <class T>
const std::string& insert_sql() {
    static const std::string sql = [] {
        std::string columns = "INSERT INTO " + std::string(Stored<T>::kTable) + " (";
        std::string values = ") VALUES (";
        auto add = [&](std::string_view column) {
            detail::append_listed(columns, column);
            detail::append_listed(values, ":" + std::string(column));
        };
        for (auto owner : detail::owner_columns<T>()) add(owner);
        detail::for_each_column<T>([&](auto member) { add(detail::column_of(member.name)); });
        return columns + values + ")";
    }();
    return sql;
}

template <class T>
const std::string& update_sql() {
    static const std::string sql = [] {
        std::string text = "UPDATE " + std::string(Stored<T>::kTable) + " SET ";
        bool first = true;
        detail::for_each_column<T>([&](auto member) {
            const auto column = std::string(detail::column_of(member.name));
            text += (first ? "" : ", ") + column + " = :" + column;
            first = false;
        });
        return text + detail::key_condition<T>();
    }();
    return sql;
}

template <class T>
const std::string& find_sql() {
    static const std::string sql = select_from<T>() + detail::key_condition<T>();
    return sql;
}

template <class T>
std::optional<T> find_row(storage::Session& session,
                          std::initializer_list<storage::Parameter> key) {
    auto rows = session.select(find_sql<T>(), key);
    if (!rows.next()) return std::nullopt;
    return read_row<T>(rows);
}

// `owner`: the key columns that are not in the struct.
template <class T>
void insert_row(storage::Session& session, const T& value,
                std::initializer_list<storage::Parameter> owner = {}) {
    session.execute(insert_sql<T>(), RowParameters<T>(value, owner).list());
}

template <class T>
void update_row(storage::Session& session, const T& value,
                std::initializer_list<storage::Parameter> owner = {}) {
    const auto changed = session.execute(update_sql<T>(), RowParameters<T>(value, owner).list());
    if (changed != 1) throw std::logic_error("the row to update is not there");
}

}  // namespace wharf::domain
