#include "tests/proofs/story.hpp"

#include <fstream>
#include <stdexcept>

#include "host/storage/sqlite/testing/file_access.hpp"
#include "tests/support/json_match.hpp"

namespace wharf::tests {

namespace {

std::string value_of(const std::string& reference,
                     const std::map<std::string, boost::json::value>& replies,
                     const std::filesystem::path& directory) {
    const auto colon = reference.find(':');
    const auto name = reference.substr(0, colon);
    const auto path = colon == std::string::npos ? "" : reference.substr(colon + 1);
    if (name == "directory") {
        const auto rows = storage::sqlite::run_on_file(directory, path);
        if (rows.size() == 1) return rows.front().front();
    } else if (replies.contains(name)) {
        if (const auto* found = at_path(replies.at(name), path)) return plain_text(*found);
    }
    throw std::runtime_error("${" + reference + "} is not there");
}

}  // namespace

std::vector<StoryStep> read_story(const std::filesystem::path& file) {
    std::ifstream stream(file);
    if (!stream) throw std::runtime_error("there is no story " + file.string());
    std::vector<StoryStep> steps;
    std::string line;
    for (int number = 1; std::getline(stream, line); ++number) {
        if (line.empty() || line.front() == '#') continue;
        if (line.front() == ' ') {
            steps.back().rest += line;
            continue;
        }
        const auto space = line.find(' ');
        steps.push_back({number, line.substr(0, space), line.substr(space + 1)});
    }
    return steps;
}

std::string filled_in(std::string text, const std::map<std::string, boost::json::value>& replies,
                      const std::filesystem::path& directory) {
    for (auto begin = text.find("${"); begin != std::string::npos; begin = text.find("${")) {
        const auto end = text.find('}', begin);
        const auto value = value_of(text.substr(begin + 2, end - begin - 2), replies, directory);
        text.replace(begin, end + 1 - begin, value);
    }
    return text;
}

}  // namespace wharf::tests
