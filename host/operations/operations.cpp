#include "host/operations/operations.hpp"

#include <utility>

#include "host/accounts/run.hpp"
#include "host/domain/schema.hpp"
#include "host/operations/account_operations.hpp"
#include "host/operations/bindings.hpp"
#include "host/operations/bundle_list.hpp"
#include "host/operations/collection_operations.hpp"
#include "host/operations/import_operations.hpp"
#include "host/operations/job_operations.hpp"
#include "host/operations/key_operations.hpp"
#include "host/operations/messages/message.hpp"
#include "host/operations/messages/message_operations.hpp"
#include "host/operations/plugin_operations.hpp"
#include "host/operations/record_operations.hpp"
#include "host/operations/rollout.hpp"
#include "host/operations/schema.hpp"

namespace wharf::operations {
namespace {

std::vector<const plugins::Plugin*> loaded_of(const plugins::InstalledPlugins& installed) {
    std::vector<const plugins::Plugin*> loaded;
    for (const auto& one : installed.all()) {
        if (one.plugin != nullptr) loaded.push_back(one.plugin);
    }
    return loaded;
}

}  // namespace

storage::Schema whole_account_schema() {
    storage::Schema schema = domain::domain_schema();
    for (const auto& part : {account_schema(), message_schema()}) {
        schema.insert(schema.end(), part.begin(), part.end());
    }
    return schema;
}

Operations::Operations(storage::Engine& engine, const std::vector<const plugins::Plugin*>& loaded,
                       OperationsSetup setup)
    : plugins_(loaded),
      runtimes_(plugins_),
      dispatcher_(services_),
      door_(services_),
      jobs_(services_),
      messenger_(services_),
      scheduler_(services_) {
    services_.clock = std::move(setup.clock);
    services_.log = std::move(setup.log);
    services_.verified_at_once_max = setup.verified_at_once_max;
    services_.registry = &registry_;
    services_.plugins = &plugins_;
    services_.runtimes = &runtimes_;
    services_.breaker = &breaker_;
    services_.dispatcher = &dispatcher_;
    services_.jobs = &jobs_;
    services_.messenger = &messenger_;
    services_.bundles = bundles_of(loaded, plugins_);
    add_job_kinds(jobs_);
    add_rollout_kind(jobs_);
    add_import_kind(jobs_);
    add_verify_kind(jobs_);
    register_operations();
    if (setup.register_more) setup.register_more(registry_);
    accounts::AccountsSetup accounts_setup;
    accounts_setup.account_schema = whole_account_schema();
    accounts_setup.directory_schema = directory_schema();
    accounts_setup.initialise = [this](storage::Session& session,
                                       const accounts::AccountRecord& record) {
        initialise_account(services_, session, record);
    };
    accounts_setup.at_begin = [this](accounts::Account& account, storage::Session&) {
        runtimes_.begin_batch(account.code());
    };
    accounts_setup.executors = setup.executors;
    accounts_setup.open_max = setup.open_max;
    plugins::open_door(door_);
    accounts_ = std::make_unique<accounts::Accounts>(engine, std::move(accounts_setup));
    services_.accounts = accounts_.get();
    resume_platform_jobs();
    wake_forgotten_accounts();
    jobs_.start();
    if (setup.background) {
        messenger_.start();
        scheduler_.start();
    }
}

Operations::Operations(storage::Engine& engine, const plugins::InstalledPlugins& installed,
                       OperationsSetup setup)
    : Operations(engine, loaded_of(installed), std::move(setup)) {
    add_blocked(services_.bundles, installed);
}

Operations::~Operations() {
    stop();
}

void Operations::stop() {
    if (std::exchange(stopped_, true)) return;
    scheduler_.stop();
    messenger_.stop();
    jobs_.stop();
    accounts_->stop();
    plugins::close_door();
}

void Operations::look_at_the_clock() {
    messenger_.drain();
    scheduler_.turn();
    messenger_.drain();
}

// Those of accounts are found by the scheduler, because they are due.
void Operations::resume_platform_jobs() {
    auto snapshot = accounts_->directory().snapshot();
    for (const auto& id : open_jobs(snapshot->session())) jobs_.enqueue(AccountCode(), id);
}

// Every account has something to do every day. One without an instant for it is one whose creation
// was cut off; the next look finds out when it is due.
void Operations::wake_forgotten_accounts() {
    const auto forgotten =
        accounts::accounts_without_due(accounts_->directory().snapshot()->session());
    if (forgotten.empty()) return;
    accounts::run(accounts_->directory(), [&](storage::Session& session) {
        for (const auto& code : forgotten) {
            accounts::lower_next_due(session, code, services_.clock());
        }
    });
}

void Operations::register_operations() {
    bind_accounts(registry_);
    bind_keys(registry_);
    bind_plugins(registry_);
    bind_rollout(registry_);
    bind_collections(registry_);
    bind_jobs(registry_);
    bind_domain(registry_);
    bind_records(registry_);
    bind_imports(registry_);
    bind_messages(registry_);
    plugins_.add_operations(registry_);
}

}  // namespace wharf::operations
