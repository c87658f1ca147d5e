// A database file as it is, past every rule of the room: what tests look at and damage.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace wharf::storage::sqlite {

using TextRow = std::vector<std::string>;  // null is the word NULL

// Runs one statement on the file; gives its rows.
std::vector<TextRow> run_on_file(const std::filesystem::path& file, const std::string& sql);

// Every row of every table, in one order: two databases with the same content give the same. A file
// that is open elsewhere is seen as it was last committed.
using Dump = std::map<std::string, std::vector<TextRow>>;
Dump dump_file(const std::filesystem::path& file);

}  // namespace wharf::storage::sqlite
