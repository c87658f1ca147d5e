#include "host/operations/import_table.hpp"

#include <array>
#include <charconv>
#include <utility>
#include <wharf/refusal.hpp>

namespace wharf::operations {
namespace json = boost::json;

namespace {

constexpr std::array<ImportKind, 5> kKinds = {{
    {"products", "catalog.put_product", "", false},
    {"vendors", "catalog.put_vendor", "", false},
    {"vendor-items", "catalog.put_vendor_item", "", false},
    {"stock", "inventory.adjust", "lines", false},
    {"orders", "sales.place_order", "lines", true},
}};

constexpr std::string_view kLinePrefix = "line_";

std::vector<std::string> split(std::string_view text, char separator) {
    std::vector<std::string> parts;
    while (true) {
        const auto end = text.find(separator);
        parts.emplace_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

// The shape of a nested field, or none where the path leads nowhere or to something that no cell
// holds.
ShapePtr shape_at(ShapePtr shape, const std::vector<std::string>& path) {
    for (const auto& member : path) {
        const auto* field = shape->kind == Shape::Kind::object ? shape->field(member) : nullptr;
        if (field == nullptr) return nullptr;
        shape = field->shape;
    }
    const bool nested = shape->kind == Shape::Kind::object || shape->kind == Shape::Kind::map ||
                        shape->kind == Shape::Kind::any;
    const bool list_of_nested =
        shape->kind == Shape::Kind::array && shape->items->kind == Shape::Kind::object;
    return nested || list_of_nested ? nullptr : shape;
}

// What does not fit its type stays text, so that the shape's own check says what is wrong with it.
json::value cell_value(const std::string& cell, const Shape& shape) {
    if (shape.kind == Shape::Kind::integer) {
        std::int64_t number = 0;
        const auto* end = cell.data() + cell.size();
        const auto read = std::from_chars(cell.data(), end, number);
        if (read.ec == std::errc() && read.ptr == end) return number;
    }
    if (shape.kind == Shape::Kind::boolean && (cell == "true" || cell == "false")) {
        return cell == "true";
    }
    if (shape.kind == Shape::Kind::array) {
        json::array items;
        for (const auto& part : split(cell, ';')) items.push_back(cell_value(part, *shape.items));
        return items;
    }
    return json::value(json::string(cell));
}

void put(json::object& object, const std::vector<std::string>& path, json::value value) {
    auto* place = &object;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
        auto& member = (*place)[path[i]];
        if (!member.is_object()) member = json::object();
        place = &member.get_object();
    }
    (*place)[path.back()] = std::move(value);
}

const json::value* look_up(const json::object& object, const std::vector<std::string>& path) {
    const auto* place = &object;
    for (std::size_t i = 0; i < path.size(); ++i) {
        const auto* member = place->if_contains(path[i]);
        if (member == nullptr || i + 1 == path.size()) return member;
        if (!member->is_object()) return nullptr;
        place = &member->get_object();
    }
    return nullptr;
}

}  // namespace

const ImportKind* find_import_kind(std::string_view name) {
    for (const auto& kind : kKinds) {
        if (kind.name == name) return &kind;
    }
    return nullptr;
}

std::string import_kind_names() {
    std::string names;
    for (const auto& kind : kKinds) names += (names.empty() ? "" : ", ") + std::string(kind.name);
    return names;
}

ImportTable::ImportTable(const ImportKind& kind, ShapePtr shape, std::string_view csv,
                         std::string file_reference)
    : kind_(kind),
      shape_(std::move(shape)),
      reader_(csv),
      file_reference_(std::move(file_reference)) {
    if (!kind_.lines.empty()) line_shape_ = shape_->field(kind_.lines)->shape->items;
    const auto header = reader_.next();
    if (!header) {
        throw Refusal::invalid("/csv", "empty_file", "the file has no header line",
                               "the first line names the columns");
    }
    read_header(*header);
    read_row();
}

std::optional<ImportTable::Column> ImportTable::column_named(const std::string& name) const {
    auto path = split(name, '.');
    if (path.front() != kind_.lines || kind_.lines.empty()) {
        if (auto shape = shape_at(shape_, path)) return Column{name, path, std::move(shape), false};
    }
    if (!line_shape_) return std::nullopt;
    if (name.starts_with(kLinePrefix)) path.front().erase(0, kLinePrefix.size());
    if (auto shape = shape_at(line_shape_, path)) return Column{name, path, std::move(shape), true};
    return std::nullopt;
}

void ImportTable::read_header(const CsvRow& header) {
    std::vector<Fault> faults;
    const auto fault = [&](std::string code, std::string detail) {
        faults.push_back({"/csv", std::move(code), std::move(detail)});
    };
    if (!header.fault.empty()) fault("malformed_header", "the header line " + header.fault);
    std::set<std::string> names;
    for (const auto& name : header.cells) {
        auto column = column_named(name);
        if (!names.insert(name).second) {
            fault("duplicate_column", "the column \"" + name + "\" stands twice in the header");
        } else if (!column) {
            fault("unknown_column", "\"" + name + "\" is no column of " + std::string(kind_.name));
        } else {
            if (name == "reference") reference_column_ = columns_.size();
            columns_.push_back(std::move(*column));
        }
    }
    const auto require = [&](const Shape& shape, bool of_line) {
        for (const auto& field : shape.fields) {
            if (!field.required || field.name == kind_.lines || field.name == "reason") continue;
            bool found = false;
            for (const auto& column : columns_) {
                found |= column.of_line == of_line && column.path.front() == field.name;
            }
            if (!found) fault("missing_column", "the column \"" + field.name + "\" is required");
        }
    };
    require(*shape_, false);
    if (line_shape_) require(*line_shape_, true);
    if (kind_.reference_required && !reference_column_) {
        fault("missing_column", "the column \"reference\" is required: it makes rows one document");
    }
    if (!faults.empty()) throw Refusal::invalid(std::move(faults));
}

bool ImportTable::read_row() {
    ahead_ = reader_.next();
    if (!ahead_) return false;
    ++rows_read_;
    if (ahead_->fault.empty() && ahead_->cells.size() != columns_.size()) {
        ahead_->fault = "has " + std::to_string(ahead_->cells.size()) +
                        " cells where the header has " + std::to_string(columns_.size());
    }
    return true;
}

// Of a row that cannot be read as well, so that its document is refused with it and not taken
// without.
std::string ImportTable::reference_of(const CsvRow& row) const {
    const bool named = reference_column_ && *reference_column_ < row.cells.size();
    return named ? row.cells[*reference_column_] : std::string();
}

void ImportTable::add_row(ImportDocument& document, const CsvRow& row, bool first) {
    document.rows.push_back(row.line);
    if (!row.fault.empty()) {
        document.faults.push_back(
            {row.line, "malformed_row", "the row " + row.fault, std::nullopt});
        return;
    }
    json::object line;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const auto& column = columns_[i];
        if (row.cells[i].empty()) continue;
        auto value = cell_value(row.cells[i], *column.shape);
        if (column.of_line) {
            put(line, column.path, std::move(value));
            continue;
        }
        const auto* earlier = first ? nullptr : look_up(document.request, column.path);
        if (earlier != nullptr && *earlier != value) {
            document.faults.push_back({row.line, "rows_differ",
                                       "the rows of one document differ in \"" + column.name + "\"",
                                       column.name});
        } else {
            put(document.request, column.path, std::move(value));
        }
    }
    if (line_shape_) {
        auto& lines = document.request[kind_.lines];
        if (!lines.is_array()) lines = json::array();
        lines.get_array().push_back(std::move(line));
    }
}

void ImportTable::finish(ImportDocument& document) {
    const auto refuse = [&](const char* code, const std::string& detail) {
        for (const auto row : document.rows) {
            document.faults.push_back({row, code, detail, "reference"});
        }
    };
    const auto* given = document.request.if_contains("reference");
    if (given == nullptr) {
        if (!document.faults.empty() || kind_.lines.empty()) return;
        if (kind_.reference_required) {
            refuse("missing_reference", "a row needs the reference of its document");
        } else {
            document.request["reference"] =
                file_reference_ + "-" + std::to_string(document.rows.front());
        }
    } else if (given->is_string() && !kind_.lines.empty() &&
               !seen_.insert(std::string(given->get_string().c_str())).second) {
        refuse("reference_not_adjacent",
               "rows of this document stand further up: rows of one document must be adjacent");
    }
    if (kind_.name == "stock" && document.request.if_contains("reason") == nullptr) {
        document.request["reason"] = "opening";
    }
}

std::optional<ImportDocument> ImportTable::next() {
    if (!ahead_) return std::nullopt;
    ImportDocument document;
    const auto reference = reference_of(*ahead_);
    bool first = true;
    do {
        add_row(document, *ahead_, first);
        first = false;
    } while (read_row() && !kind_.lines.empty() && !reference.empty() &&
             reference_of(*ahead_) == reference);
    finish(document);
    return document;
}

ImportTable::Spot ImportTable::spot_of(std::string_view pointer) const {
    Spot spot;
    if (pointer.starts_with('/')) pointer.remove_prefix(1);
    auto parts = split(pointer, '/');
    if (!kind_.lines.empty() && parts.size() >= 2 && parts.front() == kind_.lines) {
        std::from_chars(parts[1].data(), parts[1].data() + parts[1].size(), spot.row);
        parts.erase(parts.begin(), parts.begin() + 2);
    }
    for (const auto& part : parts) spot.column += (spot.column.empty() ? "" : ".") + part;
    return spot;
}

}  // namespace wharf::operations
