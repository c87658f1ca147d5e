// The text of a scenario as steps. tests/scenarios/README.md gives the language.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace wharf::scenario {

// Where a step stands, for what is said when it fails.
struct Place {
    std::filesystem::path file;
    int line = 0;
    [[nodiscard]] std::string text() const { return file.string() + ":" + std::to_string(line); }
};

// One line with what belongs to it: indented lines below are joined to it, lines that begin with
// `|` are its body as it stands.
struct Line {
    Place place;
    std::string text;
    std::string body;
};

// A line that asks or does something, with the `>` lines that say what must come of it.
struct Step {
    Line line;
    std::vector<Line> expectations;
};

class BadScript : public std::runtime_error {
public:
    BadScript(const Place& place, const std::string& why)
        : std::runtime_error(place.text() + ": " + why) {}
};

// Reads a scenario, the files that it includes inserted where they are named.
std::vector<Step> read_script(const std::filesystem::path& file);

// The first word of the text, and what follows it without leading blanks.
std::pair<std::string, std::string> split_word(const std::string& text);

}  // namespace wharf::scenario
