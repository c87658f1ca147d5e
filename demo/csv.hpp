// Records of a CSV file (RFC 4180): quoted fields may hold commas, quotes and line breaks.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace wharf::demo {

struct CsvRecord {
    int line = 0;  // where it begins in the file; the first line is 1
    std::vector<std::string> fields;
    bool broken = false;  // a quote was opened and never closed, or something follows a closing one
};

// Calls `take` with each record, the header among them. Empty lines are no records.
void read_csv(std::string_view text, const std::function<void(const CsvRecord&)>& take);

// The fields as one line with its end, quoted where they must be.
std::string csv_line(const std::vector<std::string>& fields);

}  // namespace wharf::demo
