#include "tests/scenario/script.hpp"

#include <fstream>

namespace wharf::scenario {

namespace {

constexpr const char* kBlanks = " \t\r";

std::string without_trailing_blanks(std::string text) {
    text.erase(text.find_last_not_of(kBlanks) + 1);
    return text;
}

void join(std::string& text, const std::string& more, const char* glue) {
    if (!text.empty()) text += glue;
    text += more;
}

// The lines of one file: comments and empty lines gone, continuations joined.
std::vector<Line> read_lines(const std::filesystem::path& file) {
    std::ifstream stream(file);
    if (!stream) throw std::runtime_error("there is no " + file.string());
    std::vector<Line> lines;
    std::string raw;
    for (int number = 1; std::getline(stream, raw); ++number) {
        const Place place{file, number};
        const auto text = without_trailing_blanks(raw);
        if (text.empty() || text.front() == '#') continue;
        const bool continues = text.front() == ' ' || text.front() == '\t';
        const bool body = text.front() == '|';
        if (!continues && !body) {
            lines.push_back({place, text, ""});
            continue;
        }
        if (lines.empty()) throw BadScript(place, "there is nothing to continue");
        if (body)
            lines.back().body += text.substr(text.size() > 1 && text[1] == ' ' ? 2 : 1) + "\n";
        else
            join(lines.back().text, text.substr(text.find_first_not_of(kBlanks)), " ");
    }
    return lines;
}

}  // namespace

std::pair<std::string, std::string> split_word(const std::string& text) {
    const auto end = text.find(' ');
    if (end == std::string::npos) return {text, ""};
    const auto next = text.find_first_not_of(' ', end);
    return {text.substr(0, end), next == std::string::npos ? "" : text.substr(next)};
}

std::vector<Step> read_script(const std::filesystem::path& file) {
    const auto folder = file.parent_path();
    const auto parts = folder.filename() == "parts" ? folder : folder / "parts";
    std::vector<Step> steps;
    for (auto& line : read_lines(file)) {
        const auto [word, rest] = split_word(line.text);
        if (word == ">") {
            if (steps.empty()) throw BadScript(line.place, "nothing was asked yet");
            line.text = rest;
            steps.back().expectations.push_back(line);
        } else if (word == "include") {
            for (auto& step : read_script(parts / (rest + ".part"))) {
                steps.push_back(std::move(step));
            }
        } else {
            steps.push_back({line, {}});
        }
    }
    return steps;
}

}  // namespace wharf::scenario
