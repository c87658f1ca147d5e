// What was measured: each figure with its unit and, where there is one, its physical limit from the
// same run.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace wharf::bench {

struct Figure {
    std::string subject;  // "intake"
    std::string what;     // "8 connections"
    double value = 0;
    std::string unit;  // "orders/s", "ms"
    std::optional<double> limit = {};
    std::string limit_is = {};  // what the limit is
    std::string aim = {};       // in words
};

class Report {
public:
    // Shows the figure at once and keeps it.
    void add(Figure figure);
    // One figure a line, tab-separated; replaces what the file held of the same subjects.
    void write(const std::filesystem::path& file) const;

private:
    std::vector<Figure> figures_;
};

}  // namespace wharf::bench
