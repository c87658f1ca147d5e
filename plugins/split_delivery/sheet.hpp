// Rows as they were given, JSON or CSV, with the number that a person finds them by, and every
// fault of them in one list.
#pragma once

#include <wharf/plugin.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "model.hpp"

namespace split_delivery {

// All that is wrong with a sheet. What is wrong in itself makes it invalid (422); what only the
// order as it now is forbids, a conflict (409).
class SheetFaults {
public:
    void add(std::string pointer, std::string code, std::string detail);
    void conflict(std::string pointer, std::string code, std::string detail);
    [[nodiscard]] bool empty() const { return faults_.empty(); }
    [[nodiscard]] std::size_t count() const { return faults_.size(); }
    void refuse_if_any();

private:
    std::vector<wharf::Fault> faults_;
    std::size_t conflicts_ = 0;
};

struct SheetRow {
    std::int64_t number = 0;  // of a CSV row the line of the file, of a JSON row its place from 1
    std::string pointer;
    Row row;
    std::string_view called = "row";  // what a person calls it

    // `row 3: ` in front of what is wrong with it.
    [[nodiscard]] std::string says(std::string_view what) const;
};

std::vector<SheetRow> rows_of(const std::vector<Row>& rows);

// The columns are exactly `SKU, Receiving Location Key, PO Qty`. Rows that cannot be read are left
// out, each with its fault.
std::vector<SheetRow> read_sheet(const std::string& csv, SheetFaults& faults);

}  // namespace split_delivery
