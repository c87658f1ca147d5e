// A table for people: columns as wide as their widest cell, figures to the right.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace wharf::demo {

class Table {
public:
    explicit Table(std::vector<std::string> header);
    void row(std::vector<std::string> cells);
    [[nodiscard]] bool empty() const { return rows_.size() == 1; }
    void print(std::ostream& out) const;

private:
    std::vector<std::vector<std::string>> rows_;  // the header first
};

// 1234567 as 1,234,567.
std::string with_commas(long long number);

}  // namespace wharf::demo
