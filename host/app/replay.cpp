#include "host/app/replay.hpp"

#include <algorithm>

#include "host/accounts/account_state.hpp"
#include "host/app/exit_codes.hpp"
#include "host/app/scratch_folder.hpp"
#include "host/storage/sqlite/engine.hpp"

namespace wharf::app {

namespace {

namespace fs = std::filesystem;

storage::Schema account_tables() {
    auto schema = accounts::account_state_schema();
    const auto above = operations::whole_account_schema();
    schema.insert(schema.end(), above.begin(), above.end());
    return schema;
}

void copy_database(const fs::path& file, const fs::path& folder) {
    if (!fs::is_regular_file(file)) {
        throw Failure(ExitCode::usage, "there is no file " + file.string());
    }
    fs::copy_file(file, folder / "account.db");
    const fs::path log = file.string() + "-wal";
    if (fs::exists(log)) fs::copy_file(log, folder / "account.db-wal");
}

}  // namespace

std::vector<fs::path> account_files(const fs::path& data, const std::string& account) {
    std::vector<fs::path> files;
    const auto folder = data / "accounts";
    if (fs::is_directory(folder)) {
        for (const auto& entry : fs::directory_iterator(folder)) {
            const auto& path = entry.path();
            if (path.extension() != ".db") continue;
            if (account.empty() || path.stem() == account) files.push_back(path);
        }
    }
    if (files.empty() && !account.empty()) {
        throw Failure(ExitCode::usage, "there is no account " + account + " in " + data.string());
    }
    std::sort(files.begin(), files.end());
    return files;
}

operations::ReplayReport replay_file(const fs::path& file,
                                     const plugins::InstalledPlugins& installed) {
    const ScratchFolder copy("wharf-replay");
    copy_database(file, copy.path());
    const auto kept = storage::sqlite::open_engine({.folder = copy.path()});
    const auto database = kept->open("account", account_tables());
    const auto original = database->snapshot();
    if (!accounts::read_account_state(original->session())) {
        throw Failure(ExitCode::usage, file.string() + " is no database of an account");
    }
    const ScratchFolder empty("wharf-replay");
    const auto engine = storage::sqlite::open_engine({.folder = empty.path()});
    operations::OperationsSetup setup;
    setup.background = false;
    operations::Operations fresh(*engine, installed, std::move(setup));
    return operations::replay(original->session(), fresh);
}

}  // namespace wharf::app
