// Lists of documents: the filters that were given as one statement, paged by the order of making.
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/domain/pages.hpp"
#include "host/storage/session.hpp"
#include "wharf/values/text.hpp"

namespace wharf::domain {

// Bound values are viewed, not copied: they outlive the query.
class ListQuery {
public:
    explicit ListQuery(std::string select) : sql_(std::move(select)) {}

    // A condition that names one parameter.
    template <class T>
    void where(std::string_view condition, std::string_view parameter, const T& value) {
        add(condition);
        parameters_.emplace_back(parameter, value);
    }
    // A condition without one.
    void where(std::string_view condition) { add(condition); }
    // The column equals the value, where there is one.
    template <class T>
    void where_equal(std::string_view column, const std::optional<T>& value,
                     std::string_view parameter = {}) {
        if (!value) return;
        if (parameter.empty()) parameter = column;
        add(std::string(column) + " = :" + std::string(parameter));
        parameters_.emplace_back(parameter, *value);
    }
    // The column is one of the values; no values: anything.
    template <class T>
    void where_among(std::string_view column, const std::vector<T>& values) {
        if (!values.empty()) add(std::string(column) + " IN (" + names_of(values) + ")");
    }
    // The subquery, which ends with a column, has a row in which that is one of the values.
    template <class T>
    void where_exists_among(std::string_view subquery, const std::vector<T>& values) {
        if (values.empty()) return;
        add("EXISTS (" + std::string(subquery) + " IN (" + names_of(values) + "))");
    }

    // Runs `... ORDER BY id LIMIT` and gives the first column; the second one is the cursor's id.
    Page<DocumentNumber> numbers_by_id(storage::Session& session, std::size_t limit) {
        const auto more = limit + 1;
        sql_ += " ORDER BY id LIMIT :rows";
        parameters_.emplace_back("rows", more);
        Page<DocumentNumber> page;
        auto row = session.select(sql_, parameters_);
        std::int64_t last = 0;
        while (row.next()) {
            if (page.items.size() == limit) {
                page.next = encode_cursor({std::to_string(last)});
                break;
            }
            page.items.push_back(row.get<DocumentNumber>(0));
            last = row.integer(1);
        }
        return page;
    }

    [[nodiscard]] std::string& sql() { return sql_; }
    [[nodiscard]] std::vector<storage::Parameter>& parameters() { return parameters_; }

private:
    // `:among0, :among1`, bound to the values.
    template <class T>
    std::string names_of(const std::vector<T>& values) {
        std::string list;
        for (const auto& value : values) {
            const auto& name = names_.emplace_back("among" + std::to_string(names_.size()));
            list += (list.empty() ? ":" : ", :") + name;
            parameters_.emplace_back(name, value);
        }
        return list;
    }

    void add(std::string_view condition) {
        sql_ += first_ ? " WHERE " : " AND ";
        sql_ += condition;
        first_ = false;
    }

    std::string sql_;
    std::vector<storage::Parameter> parameters_;
    std::deque<std::string> names_;  // made names keep their place
    bool first_ = true;
};

}  // namespace wharf::domain
