#include "host/app/print.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <wharf/values/text.hpp>

namespace wharf::app {

namespace {

bool is_plain(const boost::json::value& value) {
    return !value.is_object() && !value.is_array();
}

void print_row(std::ostream& out, const std::vector<std::string>& row,
               const std::vector<std::size_t>& widths) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
        line += row[i];
        if (i + 1 < row.size()) line.append(widths[i] - code_points(row[i]) + 2, ' ');
    }
    out << line << '\n';
}

void print_items(std::ostream& out, const boost::json::array& items) {
    std::vector<std::string> columns;
    for (const auto& item : items) {
        if (!item.is_object()) continue;
        for (const auto& member : item.get_object()) {
            const std::string name(member.key());
            const bool known = std::find(columns.begin(), columns.end(), name) != columns.end();
            if (!known && is_plain(member.value())) columns.push_back(name);
        }
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto& item : items) {
        auto& row = rows.emplace_back();
        if (!item.is_object()) {
            row.push_back(plain_text(item));
            continue;
        }
        for (const auto& column : columns) {
            const auto* value = item.get_object().if_contains(column);
            row.push_back(value == nullptr ? "" : plain_text(*value));
        }
    }
    print_table(out, columns, rows);
}

}  // namespace

std::string plain_text(const boost::json::value& value) {
    if (value.is_null()) return {};
    if (value.is_string()) return std::string(value.get_string().c_str());
    return boost::json::serialize(value);
}

void print_table(std::ostream& out, const std::vector<std::string>& columns,
                 const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths(columns.size(), 0);
    const auto widen = [&](const std::vector<std::string>& row) {
        widths.resize(std::max(widths.size(), row.size()), 0);
        for (std::size_t i = 0; i < row.size(); ++i) {
            widths[i] = std::max(widths[i], code_points(row[i]));
        }
    };
    widen(columns);
    for (const auto& row : rows) widen(row);
    if (!columns.empty()) print_row(out, columns, widths);
    for (const auto& row : rows) print_row(out, row, widths);
}

void print_for_people(std::ostream& out, const boost::json::value& json) {
    const auto* object = json.if_object();
    if (object == nullptr) {
        out << plain_text(json) << '\n';
        return;
    }
    const auto* items = object->if_contains("items");
    if (items != nullptr && items->is_array()) {
        if (items->get_array().empty()) {
            out << "(none)\n";
        } else {
            print_items(out, items->get_array());
        }
        return;
    }
    std::vector<std::vector<std::string>> rows;
    for (const auto& member : *object) {
        rows.push_back({std::string(member.key()), plain_text(member.value())});
    }
    print_table(out, {}, rows);
}

}  // namespace wharf::app
