// Reading CSV as RFC 4180 has it: comma, double quotes, CRLF or LF, an optional byte order mark.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wharf::operations {

struct CsvRow {
    std::int64_t line = 1;  // of the file, where the row begins
    std::vector<std::string> cells;
    std::string fault;  // why the row cannot be read, or empty
};

// Gives one row after another. The text outlives the reader.
class CsvReader {
public:
    explicit CsvReader(std::string_view text);

    // Nothing at the end. Empty lines are passed over. A quote that is never closed makes one row
    // of the rest, with its fault.
    std::optional<CsvRow> next();

private:
    bool at_line_end() const;
    void pass_line_end();
    std::string quoted_cell(CsvRow& row);
    std::string plain_cell(CsvRow& row);
    static void keep(CsvRow& row, std::string cell);

    std::string_view text_;
    std::size_t at_ = 0;
    std::int64_t line_ = 1;
};

}  // namespace wharf::operations
