// wharf-bench [--results FILE] [--plot FILE] [SUBJECT...]: measures what Wharf costs beside what it
// could cost at best. script/bench runs it on a release build.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "bench/plot.hpp"
#include "bench/subjects.hpp"

int main(int count, char** arguments) {
    using wharf::bench::Report;
    const std::vector<std::pair<std::string, std::function<void(Report&)>>> subjects{
        {"json", wharf::bench::measure_json},          {"door", wharf::bench::measure_door},
        {"intake", wharf::bench::measure_intake},      {"planning", wharf::bench::measure_planning},
        {"receipt", wharf::bench::measure_receipt},    {"idle", wharf::bench::measure_idle},
        {"accounts", wharf::bench::measure_accounts},  {"growth", wharf::bench::measure_growth},
        {"many", wharf::bench::measure_many_accounts},
    };
    CLI::App app("Measures Wharf beside its physical limits");
    std::vector<std::string> wanted;
    std::string results;
    std::string picture;
    app.add_option("subjects", wanted, "What to measure; everything without");
    app.add_option("--results", results, "A file that keeps the figures, tab-separated");
    app.add_option("--plot", picture, "Draws the growth that the results hold, as SVG");
    CLI11_PARSE(app, count, arguments);
    Report report;
    bool whole = true;
    for (const auto& [name, measure] : subjects) {
        const bool chosen =
            wanted.empty() || std::find(wanted.begin(), wanted.end(), name) != wanted.end();
        if (!chosen) continue;
        try {
            measure(report);
        } catch (const std::exception& error) {
            // The other subjects are still worth measuring, and what was measured is kept.
            std::fprintf(stderr, "wharf-bench: %s: %s\n", name.c_str(), error.what());
            whole = false;
        }
    }
    if (!results.empty()) report.write(results);
    if (!results.empty() && !picture.empty()) wharf::bench::draw_growth(results, picture);
    return whole ? 0 : 1;
}
