#include "host/operations/csv.hpp"

#include <utility>

#include "host/limits.hpp"
#include "host/storage/text.hpp"

namespace wharf::operations {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

CsvReader::CsvReader(std::string_view text) : text_(text) {
    if (text_.starts_with(kByteOrderMark)) text_.remove_prefix(kByteOrderMark.size());
}

bool CsvReader::at_line_end() const {
    return at_ >= text_.size() || text_[at_] == '\n' ||
           (text_[at_] == '\r' && (at_ + 1 >= text_.size() || text_[at_ + 1] == '\n'));
}

void CsvReader::pass_line_end() {
    if (at_ < text_.size() && text_[at_] == '\r') ++at_;
    if (at_ < text_.size() && text_[at_] == '\n') ++at_;
    ++line_;
}

std::string CsvReader::quoted_cell(CsvRow& row) {
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

std::string CsvReader::plain_cell(CsvRow& row) {
    const auto begin = at_;
    while (!at_line_end() && text_[at_] != ',') {
        if (text_[at_] == '"' && row.fault.empty()) {
            row.fault = "has a quote inside a cell that is not quoted";
        }
        ++at_;
    }
    return std::string(text_.substr(begin, at_ - begin));
}

void CsvReader::keep(CsvRow& row, std::string cell) {
    const bool full = row.cells.size() == limits::kImportCellsMax;
    const bool huge = cell.size() > limits::kImportCellBytesMax;
    if (full && row.fault.empty()) {
        row.fault = "has more than " + std::to_string(limits::kImportCellsMax) + " cells";
    }
    if (huge && row.fault.empty()) {
        row.fault =
            "has a cell of more than " + std::to_string(limits::kImportCellBytesMax) + " bytes";
    }
    if (!full) row.cells.push_back(huge ? std::string() : std::move(cell));
}

std::optional<CsvRow> CsvReader::next() {
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
        if (row.fault.empty() && !storage::is_clean_text(cell))
            row.fault = "is not valid UTF-8 text";
    }
    return row;
}

}  // namespace wharf::operations
