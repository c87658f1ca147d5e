#include "bench/plot.hpp"

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace wharf::bench {
namespace {

struct Point {
    double times = 1;  // the data
    double cost = 0;   // relative to the first
};

bool is_number(const std::string& text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

// Lines of `growth<TAB>NAME, TIMES<TAB>VALUE...`; those of `many` count accounts.
std::map<std::string, std::vector<Point>> read_growth(const std::filesystem::path& results) {
    std::map<std::string, std::vector<Point>> curves;
    std::ifstream file(results);
    for (std::string line; std::getline(file, line);) {
        std::istringstream fields(line);
        std::string subject;
        std::string what;
        std::string value;
        std::getline(fields, subject, '\t');
        std::getline(fields, what, '\t');
        std::getline(fields, value, '\t');
        const auto comma = what.rfind(", ");
        const bool grows = subject == "growth" || subject == "many";
        if (!grows || comma == std::string::npos || !is_number(what.substr(comma + 2))) continue;
        curves[what.substr(0, comma)].push_back(
            {std::stod(what.substr(comma + 2)), std::stod(value)});
    }
    for (auto& [name, points] : curves) {
        const auto first = points.front().cost;
        for (auto& point : points) point.cost /= first;
    }
    return curves;
}

constexpr double kLeft = 70;
constexpr double kTop = 30;
constexpr double kDecade = 150;  // pixels of a factor of ten
constexpr int kDecades = 3;

double x_of(double times) {
    return kLeft + std::log10(times) * kDecade;
}
double y_of(double cost) {
    return kTop + (kDecades - std::log10(std::max(cost, 0.1))) * kDecade;
}

std::string polyline(const std::vector<Point>& points, const std::string& style) {
    std::string text = "<polyline fill=\"none\" " + style + " points=\"";
    for (const auto& point : points) {
        text += std::to_string(x_of(point.times)) + "," + std::to_string(y_of(point.cost)) + " ";
    }
    return text + "\"/>\n";
}

std::string label(double x, double y, const std::string& text, const std::string& more = {}) {
    return "<text x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\" " + more + ">" +
           text + "</text>\n";
}

std::string grid() {
    std::string text;
    for (int decade = 0; decade <= kDecades; ++decade) {
        const auto value = std::pow(10, decade);
        const auto shown = std::to_string(static_cast<int>(value)) + "x";
        text += polyline({{1, value}, {1000, value}}, "stroke=\"#ddd\"");
        text += polyline({{value, 1}, {value, 1000}}, "stroke=\"#ddd\"");
        text += label(x_of(1) - 50, y_of(value) + 4, shown);
        text += label(x_of(value) - 10, y_of(1) + 20, shown);
    }
    text += polyline({{1, 1}, {1000, 1000}}, "stroke=\"#888\" stroke-dasharray=\"4 4\"");
    return text + label(x_of(300), y_of(700) - 6, "in proportion", "fill=\"#888\"");
}

}  // namespace

void draw_growth(const std::filesystem::path& results, const std::filesystem::path& picture) {
    static const std::vector<std::string> kColours{"#1b6ca8", "#c0392b", "#27862f",
                                                   "#8e44ad", "#b9770e", "#117864"};
    std::ofstream out(picture, std::ios::trunc);
    out << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"840\" height=\"540\" "
           "font-family=\"sans-serif\" font-size=\"12\">\n"
        << "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n"
        << grid() << label(kLeft, 16, "cost, by how much more data there is");
    std::size_t number = 0;
    for (const auto& [name, points] : read_growth(results)) {
        const auto& colour = kColours[number % kColours.size()];
        out << polyline(points, "stroke-width=\"2\" stroke=\"" + colour + "\"");
        out << label(540, 60 + 20 * static_cast<double>(number), name, "fill=\"" + colour + "\"");
        ++number;
    }
    out << "</svg>\n";
}

}  // namespace wharf::bench
