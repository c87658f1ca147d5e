#include "host/app/data_folder.hpp"

#include <wharf/values/time.hpp>

#include "host/accounts/accounts.hpp"
#include "host/accounts/keys.hpp"
#include "host/accounts/run.hpp"
#include "host/app/exit_codes.hpp"
#include "host/operations/operations.hpp"
#include "host/storage/sqlite/engine.hpp"

namespace wharf::app {

namespace {

constexpr const char* kDirectory = "directory";

[[noreturn]] void not_initialised(const std::filesystem::path& data) {
    throw Failure(ExitCode::not_initialised,
                  data.string() + " holds no installation; make one with: wharf init --data " +
                      data.string());
}

std::string first_key(storage::Session& session, Instant now) {
    accounts::NewKey key;
    key.name = "platform";
    key.role = accounts::Role::platform_admin;
    key.created_by = "wharf init";
    key.created_at = now;
    return accounts::make_key(session, key).token;
}

}  // namespace

std::unique_ptr<storage::Engine> open_installation(const std::filesystem::path& data) {
    if (!std::filesystem::is_directory(data)) not_initialised(data);
    auto engine = storage::sqlite::open_engine({.folder = data});
    if (!engine->exists(kDirectory)) not_initialised(data);
    return engine;
}

std::string initialise(const std::filesystem::path& data) {
    auto engine = storage::sqlite::open_engine({.folder = data});
    operations::OperationsSetup setup;
    setup.background = false;
    operations::Operations operations(*engine, std::vector<const plugins::Plugin*>{},
                                      std::move(setup));
    auto& directory = operations.accounts().directory();
    // An earlier init that was cut off before its key was stored may be repeated; one that was not
    // may not, whether or not its key was kept by anybody.
    return accounts::run(directory, [&](storage::Session& session) {
        if (!accounts::list_keys(session, std::nullopt, "", 1).empty()) {
            throw Failure(ExitCode::already_initialised,
                          data.string() +
                              " is initialised already; its first key was shown then "
                              "and is not shown again");
        }
        return first_key(session, operations.services().clock());
    });
}

}  // namespace wharf::app
