// From rows of a CSV file to requests of operations: which kind is which operation, which column is
// which field, and which rows are one document.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>
#include <wharf/operations/imports.hpp>
#include <wharf/shape.hpp>

#include <wharf/csv.hpp>

namespace wharf::operations {

// One kind of import. `lines` names the array of the request that rows become, or is empty: then
// each row is a whole request.
struct ImportKind {
    std::string_view name;
    std::string_view operation;
    std::string_view lines;
    bool reference_required = false;
};

// Nothing for an unknown name.
const ImportKind* find_import_kind(std::string_view name);
std::string import_kind_names();

// A document of the file, ready to be run, or what is wrong with its rows.
struct ImportDocument {
    boost::json::object request;
    std::vector<std::int64_t> rows;
    std::vector<imports::RefusedRow> faults;
    // Rows of this document were seen earlier, with others between: it is refused whole.
};

// Reads a file as documents, in order. `shape` is that of the operation's request.
class ImportTable {
public:
    // Refuses (invalid, all faults at once) a header that names unknown columns or one twice, or
    // lacks a column that every document needs.
    ImportTable(const ImportKind& kind, ShapePtr shape, std::string_view csv,
                std::string file_reference);

    // Nothing at the end.
    std::optional<ImportDocument> next();
    [[nodiscard]] std::int64_t rows_read() const { return rows_read_; }
    // The column that a pointer into the request speaks of, and the row within the document.
    struct Spot {
        std::size_t row = 0;
        std::string column;
    };
    [[nodiscard]] Spot spot_of(std::string_view pointer) const;

private:
    struct Column {
        std::string name;
        std::vector<std::string> path;  // members of the request, or of a line
        ShapePtr shape;
        bool of_line = false;
    };

    void read_header(const CsvRow& header);
    std::optional<Column> column_named(const std::string& name) const;
    bool read_row();
    [[nodiscard]] std::string reference_of(const CsvRow& row) const;
    void add_row(ImportDocument& document, const CsvRow& row, bool first);
    void finish(ImportDocument& document);

    const ImportKind& kind_;
    ShapePtr shape_;
    ShapePtr line_shape_;
    CsvReader reader_;
    std::string file_reference_;
    std::vector<Column> columns_;
    std::optional<std::size_t> reference_column_;
    std::optional<CsvRow> ahead_;
    std::set<std::string> seen_;
    std::int64_t rows_read_ = 0;
};

}  // namespace wharf::operations
