// A list of calls read from a file; every_write.story says how it is written.
#pragma once

#include <boost/json/value.hpp>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace wharf::tests {

struct StoryStep {
    int line = 0;
    std::string word;  // an operation, `use` or `pass`
    std::string rest;  // its request, the account, the seconds
};

// Throws std::runtime_error when the file is not there.
std::vector<StoryStep> read_story(const std::filesystem::path& file);

// `${operation:path}` from the last replies, `${directory:SQL}` from the file.
std::string filled_in(std::string text, const std::map<std::string, boost::json::value>& replies,
                      const std::filesystem::path& directory);

}  // namespace wharf::tests
