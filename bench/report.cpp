#include "bench/report.hpp"

#include <cstdio>
#include <fstream>
#include <set>

namespace wharf::bench {
namespace {

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, value < 10 ? "%.3g" : "%.0f", value);
    return text;
}

std::string line_of(const Figure& figure) {
    std::string line = figure.subject + '\t' + figure.what + '\t' + number(figure.value) + '\t' +
                       figure.unit + '\t';
    if (figure.limit) line += number(*figure.limit);
    return line + '\t' + figure.limit_is + '\t' + figure.aim;
}

}  // namespace

void Report::add(Figure figure) {
    std::printf("%-9s %-44s %9s %-9s", figure.subject.c_str(), figure.what.c_str(),
                number(figure.value).c_str(), figure.unit.c_str());
    if (figure.limit) {
        std::printf(" limit %8s (%s), %.2f of it", number(*figure.limit).c_str(),
                    figure.limit_is.c_str(), figure.value / *figure.limit);
    }
    std::printf("\n");
    std::fflush(stdout);
    figures_.push_back(std::move(figure));
}

void Report::write(const std::filesystem::path& file) const {
    std::set<std::string> fresh;
    for (const auto& figure : figures_) fresh.insert(figure.subject);
    std::string kept;
    std::ifstream before(file);
    for (std::string line; std::getline(before, line);) {
        if (!fresh.contains(line.substr(0, line.find('\t')))) kept += line + '\n';
    }
    before.close();
    std::ofstream out(file, std::ios::trunc);
    out << kept;
    for (const auto& figure : figures_) out << line_of(figure) << '\n';
}

}  // namespace wharf::bench
