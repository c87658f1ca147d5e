// The room as a whole: opens the accounts with every table, registers the operations of the host
// and of the loaded plugins, opens the door for plugins, and keeps the clocks running.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "host/accounts/accounts.hpp"
#include "host/operations/breaker.hpp"
#include "host/operations/dispatcher.hpp"
#include "host/operations/job_runner.hpp"
#include "host/operations/messages/messenger.hpp"
#include "host/operations/plugin_door.hpp"
#include "host/operations/plugin_set.hpp"
#include "host/operations/registry.hpp"
#include "host/operations/runtime.hpp"
#include "host/operations/scheduler.hpp"
#include "host/operations/services.hpp"
#include "host/plugins/loader.hpp"
#include "host/storage/engine.hpp"

namespace wharf::operations {

// Every table of an account above those of the accounts' own room; for tools that open one without
// a host.
storage::Schema whole_account_schema();

struct OperationsSetup {
    Clock clock = system_clock();
    Log log = [](LogLevel, std::string_view, std::string_view) {};
    std::size_t executors = accounts::Executors::default_threads();
    std::size_t open_max = limits::kOpenAccountsMax;
    std::int64_t verified_at_once_max = limits::kVerifiedAtOnceMax;
    // False in tests that move the clock themselves: then nothing happens by itself.
    bool background = true;
    // Operations of the rooms above, which know more of the machine: backups.
    std::function<void(Registry&)> register_more = {};
};

// Made once by the app; the engine and the plugins outlive it. There is one at a time in a process,
// because the door of plugins is the process's.
class Operations {
public:
    Operations(storage::Engine& engine, const std::vector<const plugins::Plugin*>& loaded,
               OperationsSetup setup);
    // The same for what was found in a folder; bundles that are blocked are listed with their
    // reason.
    Operations(storage::Engine& engine, const plugins::InstalledPlugins& installed,
               OperationsSetup setup);
    Operations(const Operations&) = delete;
    Operations& operator=(const Operations&) = delete;
    ~Operations();

    [[nodiscard]] Dispatcher& dispatcher() { return dispatcher_; }
    [[nodiscard]] const Registry& registry() const { return registry_; }
    [[nodiscard]] accounts::Accounts& accounts() { return *accounts_; }
    [[nodiscard]] const PluginSet& plugins() const { return plugins_; }
    [[nodiscard]] Breaker& breaker() { return breaker_; }
    [[nodiscard]] Services& services() { return services_; }

    // One look at whose time has come, as the scheduler's thread does it, and messages carried as
    // the messenger's threads do; for tests.
    void look_at_the_clock();
    [[nodiscard]] Messenger& messenger() { return messenger_; }
    [[nodiscard]] JobRunner& jobs() { return jobs_; }

    // Takes no more work, finishes what was taken, closes every account. The destructor does it
    // too.
    void stop();

private:
    void register_operations();
    void resume_platform_jobs();
    void wake_forgotten_accounts();

    Services services_;
    PluginSet plugins_;
    Registry registry_;
    Runtimes runtimes_;
    Breaker breaker_;
    Dispatcher dispatcher_;
    PluginDoor door_;
    JobRunner jobs_;
    Messenger messenger_;
    Scheduler scheduler_;
    std::unique_ptr<accounts::Accounts> accounts_;
    bool stopped_ = false;
};

}  // namespace wharf::operations
