// Replaying accounts from files: copies that are worked on in a folder of their own, so that what
// is replayed is never touched.
#pragma once

#include <filesystem>
#include <vector>

#include "host/operations/replay.hpp"
#include "host/plugins/loader.hpp"

namespace wharf::app {

// The databases of the accounts of a data folder whose host is stopped, by name; with a code only
// that one. Throws Failure usage when there is none.
std::vector<std::filesystem::path> account_files(const std::filesystem::path& data,
                                                 const std::string& account);

// Replays the account of a database file, made by `wharf backup` or left by a stopped host (with
// its log beside it), with these plugins. Throws Failure usage for a file that is no account.
operations::ReplayReport replay_file(const std::filesystem::path& file,
                                     const plugins::InstalledPlugins& installed);

}  // namespace wharf::app
