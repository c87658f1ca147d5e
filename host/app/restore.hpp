// Puts a backup of one account back into a stopped host.
#pragma once

#include <filesystem>
#include <string>

namespace wharf::app {

struct Restored {
    std::string account;
    std::string incarnation;       // new: cursors and message ids of the life before are void
    std::filesystem::path before;  // what was replaced; empty when there was nothing
};

// The file is copied, checked, brought up to date and only then put in place; what stood there is
// kept among the backups. An account that the directory does not know is added to it. Throws
// Failure, Refusal or StorageError, and then nothing has changed.
// With `dry_run` the file is only checked.
Restored restore_account(const std::filesystem::path& data, const std::filesystem::path& file,
                         bool dry_run = false);

}  // namespace wharf::app
