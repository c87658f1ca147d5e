// Imports: many documents from one CSV file, each row taken or refused with its reason.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wharf/operation.hpp"
#include "wharf/values/defaulted.hpp"
#include "wharf/values/text.hpp"

namespace wharf::imports {

// Why one row was not taken. Rows are counted as lines of the file, the header being line 1; a row
// whose text spans lines has the number of its first.
struct RefusedRow {
    std::int64_t row = 0;
    std::string code;
    std::string detail;
    std::optional<std::string> column;
};
BOOST_DESCRIBE_STRUCT(RefusedRow, (), (row, code, detail, column))

struct Report {
    std::string kind;
    std::int64_t rows = 0;           // read, the header not counted
    std::int64_t taken = 0;          // rows that changed something
    std::int64_t already_there = 0;  // rows whose document was there with the same content
    std::int64_t refused = 0;
    std::int64_t documents = 0;        // made or changed
    std::vector<RefusedRow> refusals;  // the first 1,000
    std::optional<std::string> job;    // all of them: jobs/{job}/errors
};
BOOST_DESCRIBE_STRUCT(Report, (),
                      (kind, rows, taken, already_there, refused, documents, refusals, job))

// The header names fields of the kind's request: `products` of catalog.put_product, `vendors` of
// put_vendor, `vendor-items` of put_vendor_item, `stock` of inventory.adjust, `orders` of
// sales.place_order. A nested field is `address.city`, several values in one cell are parted by
// `;`. Orders and stock have one row for each line; rows of one document share its `reference`,
// stand next to each other, and repeat the document's own fields or leave them empty;
// `line_location` is the line's where `location` is the document's. A row of stock without a
// reference is a document of its own.
struct Run {
    using Reply = Report;
    static constexpr OperationInfo kOperation{"imports.run", Access::write, "imports.write",
                                              "POST /imports/{kind}", "Take a CSV file in"};
    Text<1, 32> kind;
    std::string csv;
    // Seconds to wait for the end, at most 10: after them the answer is 202 with a job.
    Defaulted<std::int32_t> wait = 10;
};
BOOST_DESCRIBE_STRUCT(Run, (), (kind, csv, wait))

}  // namespace wharf::imports
