// What the tests of this room share: an engine in a fresh folder and one table to write into.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "host/accounts/accounts.hpp"
#include "host/accounts/run.hpp"
#include "host/storage/sqlite/engine.hpp"
#include "host/storage/sqlite/test_folder.hpp"

namespace wharf::accounts {

inline storage::Schema note_schema() {
    return {{100,
             "notes",
             {{"note",
               {{"id", storage::ColumnType::integer}, {"text", storage::ColumnType::text}},
               {"id"}}}}};
}

inline void add_note(storage::Session& session, std::int64_t id, std::string_view text = "x") {
    session.execute("INSERT INTO note (id, text) VALUES (:id, :text)",
                    {{"id", id}, {"text", text}});
}

inline std::int64_t count_notes(Account& account) {
    auto snapshot = account.snapshot();
    return *snapshot->session().value<std::int64_t>("SELECT count(*) FROM note");
}

// A fresh installation that can be stopped and started again on the same files.
class TestHost {
public:
    explicit TestHost(AccountsSetup setup = {}) : setup_(std::move(setup)) {
        setup_.account_schema = note_schema();
        start();
    }

    void start() {
        engine_ = storage::sqlite::open_engine({.folder = folder_.path(), .fault = faults_.hook()});
        accounts_ = std::make_unique<Accounts>(*engine_, setup_);
    }
    void stop() {
        accounts_.reset();
        engine_.reset();
    }

    Accounts& accounts() { return *accounts_; }
    storage::Engine& engine() { return *engine_; }
    storage::sqlite::Faults& faults() { return faults_; }
    std::shared_ptr<Account> created(const std::string& code) {
        accounts().create({AccountCode(code), {code}, "{}", Instant::from_raw(0)});
        return accounts().open(AccountCode(code));
    }

private:
    storage::sqlite::TestFolder folder_;
    storage::sqlite::Faults faults_;
    AccountsSetup setup_;
    std::unique_ptr<storage::Engine> engine_;
    std::unique_ptr<Accounts> accounts_;
};

}  // namespace wharf::accounts
