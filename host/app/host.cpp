#include "host/app/host.hpp"

#include <system_error>
#include <utility>

#include "host/accounts/descriptors.hpp"
#include "host/app/backup_operation.hpp"
#include "host/app/data_folder.hpp"
#include "host/app/exit_codes.hpp"
#include "host/app/gauges.hpp"
#include "host/app/readiness.hpp"
#include "host/app/version.hpp"
#include "host/http/api.hpp"
#include "host/http/metrics.hpp"
#include "host/http/service_endpoints.hpp"
#include "host/http/transport.hpp"
#include "host/operations/operations.hpp"

namespace wharf::app {

namespace {

http::LogLevel level_of(operations::LogLevel level) {
    return static_cast<http::LogLevel>(static_cast<int>(level));
}

operations::OperationsSetup operations_setup(const HostSettings& settings, http::JsonLog& log) {
    operations::OperationsSetup setup;
    setup.register_more = [data = settings.data](operations::Registry& registry) {
        bind_backups(registry, data);
    };
    setup.log = [&log](operations::LogLevel level, std::string_view component,
                       std::string_view text) { log.write(level_of(level), component, text); };
    return setup;
}

plugins::InstalledPlugins load(const HostSettings& settings, http::JsonLog& log) {
    auto installed = load_plugins(settings.plugins, settings.probe, settings.entrance);
    for (const auto& one : installed.all()) {
        if (!one.blocked) continue;
        log.write(http::LogLevel::error, "plugins",
                  one.bundle.name + " is blocked at " +
                      std::string(plugins::step_name(one.blocked->step)) + ": " +
                      one.blocked->reason);
    }
    return installed;
}

}  // namespace

plugins::InstalledPlugins load_plugins(const std::filesystem::path& folder,
                                       const plugins::ProbeOptions& probe,
                                       plugins::Entrance entrance) {
    if (folder.empty()) return {};
    if (!std::filesystem::is_directory(folder)) {
        throw Failure(ExitCode::no_plugins_folder, "there is no plugins folder " + folder.string());
    }
    return {folder, probe, entrance};
}

struct Host::Parts {
    explicit Parts(const HostSettings& settings)
        : log(settings.log_descriptor, settings.log_level),
          engine(open_installation(settings.data)),
          installed(load(settings, log)),
          operations(*engine, installed, operations_setup(settings, log)),
          readiness(settings.data, operations),
          api({operations.dispatcher(), operations.registry(), operations.accounts().keys(),
               operations.services().clock, log, metrics},
              {settings.rates, settings.workers, kVersion},
              http::service_endpoints({kVersion, operations.registry(), metrics,
                                       [this] { return readiness.checks(); }})),
          server(transport_settings(settings),
                 [this](const http::Request& request) { return api.handle(request); }) {
        add_gauges(metrics, operations, server);
        if (operations.accounts().open_max() < limits::kOpenAccountsMax) {
            log.write(http::LogLevel::warning, "accounts",
                      "the limit of open files lets " +
                          std::to_string(operations.accounts().open_max()) +
                          " accounts be open at once; more would be opened and closed by turns");
        }
        for (const auto& fault : operations.accounts().faults_at_start()) {
            log.write(http::LogLevel::error, "accounts", fault);
        }
    }

    http::Settings transport_settings(const HostSettings& settings) {
        http::Settings transport;
        transport.workers = settings.workers;
        transport.connections_max = accounts::connections_within(
            accounts::raise_descriptor_limit(0), operations.accounts().open_max());
        transport.body_policy = [this](std::string_view method, std::string_view path) {
            return api.body_policy(method, path);
        };
        transport.render_fault = [this](const http::Fault& fault, const http::Request& understood) {
            return api.render_fault(fault, understood);
        };
        return transport;
    }

    http::JsonLog log;
    std::unique_ptr<storage::Engine> engine;
    plugins::InstalledPlugins installed;
    operations::Operations operations;
    http::Metrics metrics;
    Readiness readiness;
    http::Api api;
    http::Server server;
};

Host::Host(const HostSettings& settings) {
    parts_ = std::make_unique<Parts>(settings);
    try {
        address_ = parts_->server.bind(settings.address, settings.port);
    } catch (const std::system_error& error) {
        throw Failure(ExitCode::address_unavailable, error.what());
    }
}

Host::~Host() = default;

void Host::run() {
    parts_->log.write(http::LogLevel::info, "host", "serving on " + address_);
    parts_->server.run();
    parts_->operations.stop();
    parts_->log.write(http::LogLevel::info, "host", "stopped");
}

void Host::stop() noexcept {
    parts_->server.stop();
}

operations::Operations& Host::operations() {
    return parts_->operations;
}

}  // namespace wharf::app
