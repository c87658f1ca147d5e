// Reading CSV as RFC 4180 has it: comma, double quotes, CRLF or LF, an optional byte order mark.
// For operations that take text/csv (OperationSetup::csv); the host's imports read with it too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wharf/values/clean_text.hpp"

namespace wharf {

// Cells of a row: all fields of all our requests together are fewer, and a file of nothing but
// commas would take a gigabyte. Bytes of a cell: those of a JSON body, 10'000 serials fit. A row
// past either carries its fault.
inline constexpr std::size_t kCsvCellsMax = 1000;
inline constexpr std::size_t kCsvCellBytesMax = 1024 * 1024;

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

namespace detail {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace detail

inline CsvReader::CsvReader(std::string_view text) : text_(text) {
    if (text_.starts_with(detail::kByteOrderMark))
        text_.remove_prefix(detail::kByteOrderMark.size());
}

inline bool CsvReader::at_line_end() const {
    return at_ >= text_.size() || text_[at_] == '\n' ||
           (text_[at_] == '\r' && (at_ + 1 >= text_.size() || text_[at_ + 1] == '\n'));
}

inline void CsvReader::pass_line_end() {
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    ++line_;
}

inline std::string CsvReader::quoted_cell(CsvRow& row) {
    std::string cell;
    ++at_;
    while (at_ < text_.size()) {
        const char character = text_[at_++];
        if (character == '\n') ++line_;
        if (character != '"') {
            cell += character;
            continue;
        }
        if (at_ < text_.size() && text_[at_] == '"') {
            cell += '"';
            ++at_;
            continue;
        }
        if (!at_line_end() && text_[at_] != ',') {
            row.fault = "has text after a closing quote";
            cell += plain_cell(row);
        }
        return cell;
    }
    row.fault = "has a quote that is never closed";
    return cell;
}

inline std::string CsvReader::plain_cell(CsvRow& row) {
    const auto begin = at_;
    while (!at_line_end() && text_[at_] != ',') {
        if (text_[at_] == '"' && row.fault.empty()) {
            row.fault = "has a quote inside a cell that is not quoted";
        }
        ++at_;
    }
    return std::string(text_.substr(begin, at_ - begin));
}

inline void CsvReader::keep(CsvRow& row, std::string cell) {
    const bool full = row.cells.size() == kCsvCellsMax;
    const bool huge = cell.size() > kCsvCellBytesMax;
    if (full && row.fault.empty()) {
        row.fault = "has more than " + std::to_string(kCsvCellsMax) + " cells";
    }
    if (huge && row.fault.empty()) {
        row.fault = "has a cell of more than " + std::to_string(kCsvCellBytesMax) + " bytes";
    }
    if (!full) row.cells.push_back(huge ? std::string() : std::move(cell));
}

inline std::optional<CsvRow> CsvReader::next() {
    while (at_ < text_.size() && at_line_end()) pass_line_end();
    if (at_ >= text_.size()) return std::nullopt;
    CsvRow row;
    row.line = line_;
    while (true) {
        const bool quoted = at_ < text_.size() && text_[at_] == '"';
        keep(row, quoted ? quoted_cell(row) : plain_cell(row));
        if (at_ >= text_.size() || text_[at_] != ',') break;
        ++at_;
    }
    pass_line_end();
    for (const auto& cell : row.cells) {
        if (row.fault.empty() && !is_clean_text(cell)) row.fault = "is not valid UTF-8 text";
    }
    return row;
}

}  // namespace wharf
