// The embedded engine: one SQLite file per database in a data folder that this process alone uses.
//
// One read-write connection per file makes all commits and all checkpoints, which keeps clear of
// the race between a checkpoint and a commit on two connections (SQLite before 3.51.3); readers are
// read-only connections. The folder's lock makes that true across processes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "host/limits.hpp"
#include "host/storage/engine.hpp"
#include "host/storage/sqlite/faults.hpp"

namespace wharf::storage::sqlite {

struct Settings {
    std::filesystem::path folder;
    int busy_timeout_ms = 5000;
    std::optional<std::int64_t> max_page_count = std::nullopt;  // a small disk, for tests
    FaultHook fault = {};                                       // for tests
    std::string vfs = {};                                       // for tests; empty: the system's
    int checkpoint_pages = limits::kCheckpointPages;
};

// Makes the folder when it is missing and locks it until the engine and all its databases are gone.
// Throws StorageError(in_use) when another process has it. A database named "accounts/acme" is the
// file accounts/acme.db; characters that a file name should not have are written as %XX.
std::unique_ptr<Engine> open_engine(Settings settings);

}  // namespace wharf::storage::sqlite
