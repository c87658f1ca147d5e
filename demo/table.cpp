#include "demo/table.hpp"

#include <algorithm>
#include <ostream>

namespace wharf::demo {

namespace {

bool is_figure(const std::string& cell) {
    return !cell.empty() && cell.find_first_not_of("0123456789.,-") == std::string::npos;
}

// What a terminal shows as one character each.
std::size_t width_of(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](unsigned char byte) { return (byte & 0xC0U) != 0x80U; }));
}

}  // namespace

Table::Table(std::vector<std::string> header) {
    rows_.push_back(std::move(header));
}

void Table::row(std::vector<std::string> cells) {
    cells.resize(rows_.front().size());
    rows_.push_back(std::move(cells));
}

void Table::print(std::ostream& out) const {
    std::vector<std::size_t> widths(rows_.front().size());
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], width_of(row[i]));
    }
    for (const auto& row : rows_) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string fill(widths[i] - width_of(row[i]), ' ');
            line += "  " + (is_figure(row[i]) ? fill + row[i] : row[i] + fill);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out << line << '\n';
    }
}

std::string with_commas(long long number) {
    auto text = std::to_string(number);
    const std::size_t first = number < 0 ? 1 : 0;
    for (auto at = text.size(); at > first + 3; at -= 3) text.insert(at - 3, 1, ',');
    return text;
}

}  // namespace wharf::demo
