// The order lines of the Online Retail data set: each line of the file is taken into an order or
// refused with its number and the reason. README.md states the rules.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wharf::demo {

struct RetailLine {
    int line = 0;  // in the file
    std::string invoice;
    std::string sku;
    std::string description;
    std::int64_t quantity = 0;
    std::string ordered_at;  // RFC 3339, UTC
    std::int64_t mills = 0;  // the price in 1/1,000: it has up to three decimals
    std::string location;
};

struct Refused {
    int line = 0;
    std::string code;
    std::string detail;
};

struct RetailFile {
    int lines_read = 0;  // the header apart
    std::vector<RetailLine> taken;
    std::vector<Refused> refused;
};

// Throws std::runtime_error when the header is another one. Nothing else is fatal: lines_read is
// always the sum of what was taken and what was refused.
RetailFile read_retail(std::string_view text);

}  // namespace wharf::demo
