// Reading CSV as RFC 4180 has it: comma, double quotes, CRLF or LF, an optional byte order mark.
// For operations that take text/csv (OperationSetup::csv); the host's imports read with it too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace wharf {

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

    std::string_view text_;
    std::size_t at_ = 0;
    std::int64_t line_ = 1;
};

// True when the bytes are UTF-8 without NUL.
[[nodiscard]] bool is_clean_text(std::string_view text);

namespace detail {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// How many bytes the character that begins here has, or 0 when it is none.
inline std::size_t character_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto first = byte(0);
    if (first < 0x80) return first == 0 ? 0 : 1;
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
    }
    // Neither overlong forms, nor surrogates, nor past U+10FFFF.
    const auto second = byte(1);
    if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
        (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F)) {
        return 0;
    }
    return length;
}

}  // namespace detail

inline bool is_clean_text(std::string_view text) {
    while (!text.empty()) {
        const auto length = detail::character_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

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

inline std::optional<CsvRow> CsvReader::next() {
    while (at_ < text_.size() && at_line_end()) pass_line_end();
    if (at_ >= text_.size()) return std::nullopt;
    CsvRow row;
    row.line = line_;
    while (true) {
        const bool quoted = at_ < text_.size() && text_[at_] == '"';
        row.cells.push_back(quoted ? quoted_cell(row) : plain_cell(row));
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
