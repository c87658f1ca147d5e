#include "host/app/restore.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <system_error>
#include <utility>

#include "host/accounts/account_state.hpp"
#include "host/accounts/accounts.hpp"
#include "host/accounts/random_text.hpp"
#include "host/accounts/run.hpp"
#include "host/app/backup_operation.hpp"
#include "host/app/data_folder.hpp"
#include "host/app/exit_codes.hpp"
#include "host/http/descriptor.hpp"
#include "host/operations/messages/lane.hpp"
#include "host/operations/operations.hpp"
#include "host/operations/settings.hpp"
#include "host/storage/sqlite/engine.hpp"

namespace wharf::app {

namespace {

namespace fs = std::filesystem;

// Removes the working folder whatever happens.
struct Workbench {
    fs::path folder;
    explicit Workbench(const fs::path& data) : folder(data / "restoring") {
        fs::remove_all(folder);
        fs::create_directories(folder);
    }
    ~Workbench() {
        std::error_code ignored;
        fs::remove_all(folder, ignored);
    }
};

void sync_path(const fs::path& path) {
    const http::Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file.valid() || ::fsync(file.get()) != 0) {
        throw Failure(ExitCode::disk, "cannot make " + path.string() + " durable");
    }
}

storage::Schema account_tables() {
    auto schema = accounts::account_state_schema();
    const auto above = operations::whole_account_schema();
    schema.insert(schema.end(), above.begin(), above.end());
    return schema;
}

struct Checked {
    Account account;
    std::string account_json;
    std::string incarnation;
};

// Opens the copy as a host would, gives it a new incarnation, and closes it.
Checked check_copy(const fs::path& folder) {
    const auto engine = storage::sqlite::open_engine({.folder = folder});
    const auto database = engine->open("account", account_tables());
    database->begin_batch();
    auto& session = database->writer();
    auto state = accounts::read_account_state(session);
    if (!state) throw Failure(ExitCode::usage, "this file is no backup of an account");
    const operations::PluginSet no_plugins;
    const auto settings = operations::load_settings(session, no_plugins);
    state->incarnation = accounts::random_text(80);
    state->placement_epoch = 1;
    ++state->version;
    accounts::write_account_state(session, *state);
    operations::tell_partners_of_restore(session);
    database->commit_batch();
    // Everything into the one file that is moved.
    database->backup_to((folder / "ready.db").string());
    return {settings->account, settings->account_json, state->incarnation};
}

void add_to_directory(operations::Operations& operations, const Checked& checked) {
    auto& accounts = operations.accounts();
    const auto& account = checked.account;
    accounts::run(accounts.directory(), [&](storage::Session& session) {
        accounts::add_account(session, {account.code,
                                        {account.name.text(), account.plan, account.account_type,
                                         account.inventory_type},
                                        checked.account_json,
                                        account.created_at});
    });
}

bool is_known(operations::Operations& operations, const AccountCode& code) {
    const auto snapshot = operations.accounts().directory().snapshot();
    return accounts::find_account(snapshot->session(), code).has_value();
}

// What was there moves away with its log, as it is, damaged or not: a log beside a file that it
// does not belong to would be played into it.
void put_in_place(const fs::path& ready, const fs::path& target, const fs::path& before) {
    sync_path(ready);
    fs::create_directories(target.parent_path());
    if (fs::exists(target)) {
        if (fs::exists(target.string() + "-wal")) {
            fs::rename(target.string() + "-wal", before.string() + "-wal");
        }
        fs::rename(target, before);
    }
    fs::remove(target.string() + "-shm");
    fs::rename(ready, target);
    sync_path(target.parent_path());
}

operations::OperationsSetup quiet_setup() {
    operations::OperationsSetup setup;
    setup.background = false;
    return setup;
}

}  // namespace

Restored restore_account(const fs::path& data, const fs::path& file, bool dry_run) {
    const auto engine = open_installation(data);
    if (!fs::is_regular_file(file))
        throw Failure(ExitCode::usage, "there is no file " + file.string());
    const Workbench bench(data);
    fs::copy_file(file, bench.folder / "account.db");
    const auto checked = check_copy(bench.folder);
    const auto& code = checked.account.code;
    Restored restored{code.text(), checked.incarnation, {}};
    if (dry_run) return restored;
    {
        operations::Operations operations(*engine, std::vector<const plugins::Plugin*>{},
                                          quiet_setup());
        if (is_known(operations, code)) {
            restored.before = backups_folder(data) / (code.text() + "-before-restore-" +
                                                      checked.incarnation.substr(0, 8) + ".db");
            accounts::run(operations.accounts().directory(), [&](storage::Session& session) {
                accounts::update_copy(
                    session, code,
                    {checked.account.name.text(), checked.account.plan,
                     checked.account.account_type, checked.account.inventory_type});
                accounts::lower_next_due(session, code, operations.services().clock());
            });
        } else {
            add_to_directory(operations, checked);
        }
    }
    put_in_place(bench.folder / "ready.db", data / "accounts" / (code.text() + ".db"),
                 restored.before);
    // Opens it once more, as the host will; an account that was added becomes active here.
    operations::Operations operations(*engine, std::vector<const plugins::Plugin*>{},
                                      quiet_setup());
    operations.accounts().open(code)->snapshot();
    return restored;
}

}  // namespace wharf::app
