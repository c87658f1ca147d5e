#include "host/accounts/accounts.hpp"

#include <algorithm>
#include <exception>
#include <future>
#include <utility>
#include <wharf/refusal.hpp>

#include "host/accounts/descriptors.hpp"
#include "host/accounts/random_text.hpp"
#include "host/accounts/run.hpp"

namespace wharf::accounts {
namespace {

constexpr std::int64_t kDirectoryEpoch = 1;

std::string database_name(const AccountCode& code) {
    return "accounts/" + code.text();
}

storage::Schema joined(std::initializer_list<storage::Schema> parts) {
    storage::Schema whole;
    for (const auto& part : parts) whole.insert(whole.end(), part.begin(), part.end());
    return whole;
}

std::size_t affordable(std::size_t open_max) {
    return accounts_within(raise_descriptor_limit(descriptors_for(open_max)), open_max);
}

}  // namespace

Accounts::Accounts(storage::Engine& engine, AccountsSetup setup)
    : engine_(engine),
      setup_(std::move(setup)),
      directory_executors_(1),
      executors_(setup_.executors),
      open_(affordable(setup_.open_max),
            [this](const AccountCode& code) { return open_one(code); }) {
    auto schema = joined({account_state_schema(), directory_schema(), setup_.directory_schema});
    setup_.account_schema = joined({account_state_schema(), setup_.account_schema});
    directory_ = std::make_shared<Account>(AccountCode("directory"), kDirectoryEpoch,
                                           engine_.open("directory", schema), directory_executors_,
                                           Account::AtBegin{});
    keys_ = std::make_unique<KeyRing>(*directory_);
    run(*directory_, [](storage::Session& session) {
        if (read_account_state(session)) return;
        write_account_state(session, {random_text(80), kDirectoryEpoch, 1});
    });
    resume();
}

std::optional<AccountRecord> Accounts::record_of(const AccountCode& code) {
    auto snapshot = directory_->snapshot();
    return find_account(snapshot->session(), code);
}

std::unique_ptr<Account> Accounts::open_one(const AccountCode& code) {
    auto record = record_of(code);
    if (!record || record->phase != AccountPhase::active) {
        throw Refusal::not_found("account", code.view());
    }
    return open_database(*record);
}

std::unique_ptr<Account> Accounts::open_database(const AccountRecord& record) {
    return std::make_unique<Account>(
        record.code, record.placement_epoch,
        engine_.open(database_name(record.code), setup_.account_schema), executors_,
        setup_.at_begin);
}

AccountRecord Accounts::create(const NewAccount& account) {
    run(*directory_, [&](storage::Session& session) { add_account(session, account); });
    return finish_creating(account.code);
}

AccountRecord Accounts::finish_creating(const AccountCode& code) {
    std::lock_guard alone(lifecycle_);
    auto record = record_of(code);
    if (!record || record->phase == AccountPhase::deleting) {
        throw Refusal::not_found("account", code.view());
    }
    if (record->phase == AccountPhase::active) return *record;
    initialise_alone(*record);
    run(*directory_,
        [&](storage::Session& session) { set_phase(session, code, AccountPhase::active); });
    return *record_of(code);
}

// The account's state row is written in the unit that fills it, so a crash between the two
// databases finds either an empty account or a filled one. Nobody else can open an account that is
// not active; the wait is for its executor, which may let go of it a moment after us.
void Accounts::initialise_alone(const AccountRecord& record) {
    auto closed = std::make_shared<std::promise<void>>();
    auto wait = closed->get_future();
    std::shared_ptr<Account> account(open_database(record).release(), [closed](Account* closing) {
        delete closing;
        closed->set_value();
    });
    std::exception_ptr fault;
    try {
        run(*account, [&](storage::Session& session) {
            if (read_account_state(session)) return;
            write_account_state(session, {record.incarnation, record.placement_epoch, 1});
            if (setup_.initialise) setup_.initialise(session, record);
        });
    } catch (...) {
        fault = std::current_exception();
    }
    account.reset();
    wait.wait();
    if (fault) std::rethrow_exception(fault);
}

void Accounts::remove(const AccountCode& code) {
    std::lock_guard alone(lifecycle_);
    run(*directory_,
        [&](storage::Session& session) { set_phase(session, code, AccountPhase::deleting); });
    open_.close(code);
    finish_removing(code);
}

void Accounts::finish_removing(const AccountCode& code) {
    engine_.remove(database_name(code));
    run(*directory_, [&](storage::Session& session) { erase_account(session, code); });
}

void Accounts::resume() {
    std::vector<AccountCode> creating;
    std::vector<AccountCode> deleting;
    {
        auto snapshot = directory_->snapshot();
        creating = accounts_in(snapshot->session(), AccountPhase::creating);
        deleting = accounts_in(snapshot->session(), AccountPhase::deleting);
    }
    auto attempt = [this](const AccountCode& code, auto&& finish) {
        try {
            finish();
        } catch (const std::exception& error) {
            faults_.push_back("account " + code.text() + ": " + error.what());
        }
    };
    for (const auto& code : creating) attempt(code, [&] { finish_creating(code); });
    for (const auto& code : deleting) attempt(code, [&] { finish_removing(code); });
}

void Accounts::stop() {
    open_.close_all();
    directory_->close();
    executors_.stop();
    directory_executors_.stop();
}

}  // namespace wharf::accounts
