// CSV: rows in order, every readable row the same after it was written again; and imports: every
// row of a file in exactly one document, every fault of a document at one of its rows.
#include <string>
#include <wharf/csv.hpp>
#include <wharf/describe.hpp>
#include <wharf/operations/catalog.hpp>
#include <wharf/operations/inventory.hpp>
#include <wharf/operations/sales.hpp>
#include <wharf/validate.hpp>

#include "host/operations/import_table.hpp"
#include "tests/fuzz/target.hpp"

namespace {

using namespace wharf;
using namespace wharf::operations;
using wharf::fuzz::require;

std::string written(const CsvRow& row) {
    std::string text;
    for (const auto& cell : row.cells) {
        text += text.empty() ? "\"" : ",\"";
        for (const char c : cell) text += c == '"' ? std::string("\"\"") : std::string(1, c);
        text += '"';
    }
    return text + "\r\n";
}

void check_again(const CsvRow& row) {
    const auto text = written(row);
    CsvReader reader(text);
    const auto again = reader.next();
    require(again && again->fault.empty() && again->cells == row.cells,
            "a row that was written is read as the same");
    require(!reader.next(), "a row that was written is one row");
}

void check_rows(std::string_view text) {
    CsvReader reader(text);
    std::int64_t line = 0;
    while (const auto row = reader.next()) {
        require(row->line > line, "rows come in order");
        require(!row->cells.empty(), "a row has a cell");
        line = row->line;
        if (row->fault.empty()) check_again(*row);
    }
}

void check_document(const ImportTable& table, const ImportDocument& document, const Shape& shape) {
    for (const auto& fault : faults_of(document.request, shape)) {
        const auto spot = table.spot_of(fault.pointer);
        require(spot.row < document.rows.size(), "a fault is at a row of its document");
    }
    for (const auto& fault : document.faults) {
        const auto& rows = document.rows;
        require(std::find(rows.begin(), rows.end(), fault.row) != rows.end(),
                "a refused row is a row of its document");
    }
}

struct Importing {
    const ImportKind* kind;
    ShapePtr shape;
};

const Importing& importing(unsigned choice) {
    static const Importing kinds[] = {
        {find_import_kind("products"), shape_of<catalog::PutProduct>()},
        {find_import_kind("vendors"), shape_of<catalog::PutVendor>()},
        {find_import_kind("vendor-items"), shape_of<catalog::PutVendorItem>()},
        {find_import_kind("stock"), shape_of<inventory::Adjust>()},
        {find_import_kind("orders"), shape_of<sales::PlaceOrder>()},
    };
    return kinds[choice % std::size(kinds)];
}

void check_import(const Importing& of, std::string_view text) {
    try {
        ImportTable table(*of.kind, of.shape, text, "file");
        std::size_t rows = 0;
        std::int64_t line = 0;
        while (const auto document = table.next()) {
            require(!document->rows.empty(), "a document has a row");
            for (const auto row : document->rows) {
                require(row > line, "every row stands in one document, in order");
                line = row;
            }
            rows += document->rows.size();
            check_document(table, *document, *of.shape);
        }
        require(static_cast<std::int64_t>(rows) == table.rows_read(), "no row is lost");
    } catch (const Refusal& refusal) {
        require(refusal.kind() == RefusalKind::invalid, "a header is refused as invalid");
        require(!refusal.faults().empty(), "a refused header says why");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    auto text = wharf::fuzz::text_of(data, size);
    const auto choice = wharf::fuzz::take_choice(text);
    check_rows(text);
    check_import(importing(choice), text);
    return 0;
}
