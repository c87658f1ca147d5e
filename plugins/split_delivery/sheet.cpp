#include "sheet.hpp"

#include <wharf/csv.hpp>

#include <charconv>
#include <utility>

namespace split_delivery {

namespace {

constexpr const char* kSheet = "/sheet";
const std::vector<std::string> kColumns{"SKU", "Receiving Location Key", "PO Qty"};

template <class Code>
std::optional<Code> code_in(const std::string& cell) {
    if (!wharf::code_fault(cell).empty()) return std::nullopt;
    return Code(cell);
}

std::optional<Quantity> quantity_in(const std::string& cell) {
    std::int64_t value = 0;
    const auto* end = cell.data() + cell.size();
    const auto read = std::from_chars(cell.data(), end, value);
    if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
    if (value < 1 || value > wharf::kQuantityMax) return std::nullopt;
    return Quantity(value);
}

void read_row(const wharf::CsvRow& read, std::vector<SheetRow>& rows, SheetFaults& faults) {
    SheetRow row{read.line, kSheet, {}};
    if (!read.fault.empty()) return faults.add(kSheet, "unreadable", row.says(read.fault));
    if (read.cells.size() != kColumns.size()) {
        return faults.add(kSheet, "wrong_columns",
                          row.says("has " + std::to_string(read.cells.size()) + " cells, not 3"));
    }
    const auto sku = code_in<Sku>(read.cells[0]);
    const auto location = code_in<LocationCode>(read.cells[1]);
    const auto quantity = quantity_in(read.cells[2]);
    if (!sku) faults.add(kSheet, "bad_sku", row.says("\"" + read.cells[0] + "\" is no SKU"));
    if (!location) {
        faults.add(kSheet, "bad_location",
                   row.says("\"" + read.cells[1] + "\" is no location key"));
    }
    if (!quantity) {
        faults.add(kSheet, "bad_quantity",
                   row.says("\"" + read.cells[2] + "\" is no quantity: a whole number from 1"));
    }
    if (!sku || !location || !quantity) return;
    row.row.sku = *sku;
    row.row.location = *location;
    row.row.quantity = *quantity;
    rows.push_back(std::move(row));
}

}  // namespace

void SheetFaults::add(std::string pointer, std::string code, std::string detail) {
    faults_.push_back({std::move(pointer), std::move(code), std::move(detail)});
}

void SheetFaults::conflict(std::string pointer, std::string code, std::string detail) {
    add(std::move(pointer), std::move(code), std::move(detail));
    ++conflicts_;
}

void SheetFaults::refuse_if_any() {
    if (faults_.empty()) return;
    if (conflicts_ < faults_.size()) throw wharf::Refusal::invalid(std::move(faults_));
    const auto first = faults_.front();
    throw wharf::Refusal::conflict(first.code, first.detail).with_faults(std::move(faults_));
}

std::string SheetRow::says(std::string_view what) const {
    return std::string(called) + " " + std::to_string(number) + ": " + std::string(what);
}

std::vector<SheetRow> rows_of(const std::vector<Row>& rows) {
    std::vector<SheetRow> numbered;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        numbered.push_back(
            {static_cast<std::int64_t>(i) + 1, "/rows/" + std::to_string(i), rows[i]});
    }
    return numbered;
}

std::vector<SheetRow> read_sheet(const std::string& csv, SheetFaults& faults) {
    std::vector<SheetRow> rows;
    wharf::CsvReader reader(csv);
    const auto header = reader.next();
    if (!header || header->cells != kColumns) {
        faults.add(kSheet, "wrong_columns",
                   "row 1: the columns are exactly SKU, Receiving Location Key, PO Qty");
        return rows;
    }
    while (const auto read = reader.next()) read_row(*read, rows, faults);
    return rows;
}

}  // namespace split_delivery
