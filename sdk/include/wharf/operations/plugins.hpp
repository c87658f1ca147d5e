// Plugins as support staff handle them: what is installed, what is on where, and switching.
#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wharf/describe.hpp"
#include "wharf/model/account.hpp"
#include "wharf/operation.hpp"

namespace wharf::plugins {

// A bundle of the installation. `state`: loaded, or blocked at `step` for `reason`.
struct InstalledBundle {
    std::string plugin;
    std::string title;
    std::string summary;
    std::string version;
    std::string state;
    std::string step;
    std::string reason;
    std::vector<std::string> plans;
    std::vector<std::string> account_types;
    std::vector<std::string> inventory_types;
    std::vector<std::string> needs;
    std::vector<std::string> permissions;
};
BOOST_DESCRIBE_STRUCT(InstalledBundle, (),
                      (plugin, title, summary, version, state, step, reason, plans, account_types,
                       inventory_types, needs, permissions))

struct ListInstalled {
    using Reply = Page<InstalledBundle>;
    static constexpr OperationInfo kOperation{"plugins.list", Access::read, "plugins.read",
                                              "GET /plugins",
                                              "Installed bundles, with state and reason"};
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListInstalled, (), (limit, after))

// off | on | finishing. `until`: on until then. `eligible` is what the account is by itself;
// `override_used` says that it was switched on in spite of not being so.
struct PluginState {
    std::string plugin;
    std::string title;
    std::string summary;
    std::string plugin_version;
    std::string state;
    bool enabled = false;
    bool eligible = true;
    std::vector<std::string> not_eligible_because;
    bool override_used = false;
    std::vector<std::string> needs;
    std::vector<std::string> needed_by;  // plugins that are on and need this one
    RawJson config;
    RawJson config_schema;
    std::string reason;
    std::optional<Instant> until;
    std::optional<Instant> changed_at;
    std::string changed_by;       // the id of a key, or `host`
    std::string changed_by_name;  // the key's name, where there is one
    std::int64_t documents_in_flight = 0;
    std::int64_t parked = 0;  // reactions that failed for good and wait for support
    // Messages from other accounts: those that failed for good, and those that are not worked on.
    std::int64_t messages_parked = 0;
    std::int64_t messages_waiting = 0;
    // In a dry run: what the plugin says its first run would do, or null.
    RawJson preview;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(PluginState, (),
                      (plugin, title, summary, plugin_version, state, enabled, eligible,
                       not_eligible_because, override_used, needs, needed_by, config, config_schema,
                       reason, until, changed_at, changed_by, changed_by_name, documents_in_flight,
                       parked, messages_parked, messages_waiting, preview, version))

struct ListPlugins {
    using Reply = Page<PluginState>;
    static constexpr OperationInfo kOperation{
        "plugins.list_for_account", Access::read, "plugins.read", "GET /plugins",
        "Every plugin: eligible or why not, on or off, since when, by whom"};
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListPlugins, (), (limit, after))

struct GetPlugin {
    using Reply = PluginState;
    static constexpr OperationInfo kOperation{"plugins.get", Access::read, "plugins.read",
                                              "GET /plugins/{plugin}", "One plugin of the account"};
    PluginName plugin;
};
BOOST_DESCRIBE_STRUCT(GetPlugin, (), (plugin))

// What happens to documents that the plugin has begun: `finished` lets it end them, `frozen` stops
// at once. Switching off never deletes anything.
enum class InFlight { finished, frozen, unknown };
BOOST_DESCRIBE_ENUM(InFlight, finished, frozen, unknown)

// With `?dry_run=true`: what would change, documents in flight, what the first run would do.
struct SwitchPlugin {
    using Reply = PluginState;
    static constexpr OperationInfo kOperation{"plugins.switch", Access::write, "plugins.write",
                                              "PUT /plugins/{plugin}",
                                              "Switch a plugin on or off, or change its settings"};
    PluginName plugin;
    bool enabled = false;
    Reason reason;
    std::optional<boost::json::value> config;  // default: as it was, else the plugin's defaults
    std::optional<Instant> until;
    Defaulted<InFlight> in_flight = InFlight::frozen;
    // Switches on although the account is not eligible; audited with the reason.
    Defaulted<bool> override = false;
};
BOOST_DESCRIBE_STRUCT(SwitchPlugin, (),
                      (plugin, enabled, reason, config, until, in_flight, override))

struct ParkedReaction {
    std::string plugin;
    std::int64_t event = 0;
    std::string event_name;
    std::int32_t depth = 0;
    std::string code;
    std::string detail;
    std::int32_t attempts = 0;
    Instant parked_at;
};
BOOST_DESCRIBE_STRUCT(ParkedReaction, (),
                      (plugin, event, event_name, depth, code, detail, attempts, parked_at))

struct ListParked {
    using Reply = Page<ParkedReaction>;
    static constexpr OperationInfo kOperation{"plugins.parked", Access::read, "plugins.read",
                                              "GET /plugins/{plugin}/_parked",
                                              "Reactions that failed for good"};
    PluginName plugin;
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListParked, (), (plugin, limit, after))

// Runs it again now, out of order.
struct RetryParked {
    using Reply = Done;
    static constexpr OperationInfo kOperation{
        "plugins.retry_parked", Access::write, "plugins.write",
        "POST /plugins/{plugin}/_parked/{event}/retry", "Run a parked reaction again"};
    PluginName plugin;
    std::int64_t event = 0;
};
BOOST_DESCRIBE_STRUCT(RetryParked, (), (plugin, event))

// Starts a job that the plugin declares; `request` is held against its shape. The answer is 202
// with the job, or with `wait` the job's result when it is done by then.
struct StartPluginJob {
    using Reply = boost::json::value;
    static constexpr OperationInfo kOperation{
        "plugins.start_job",       Access::write,
        "plugins.write",           "POST /plugins/{plugin}/_jobs/{job}",
        "Start a job of a plugin", 202};
    PluginName plugin;
    std::string job;
    std::optional<boost::json::value> request;
    Defaulted<std::int32_t> wait = 0;  // seconds to wait for the end, at most 10
};
BOOST_DESCRIBE_STRUCT(StartPluginJob, (), (plugin, job, request, wait))

// What became of one account; the last two in a dry run alone, as of switching that account.
struct RolloutResult {
    AccountCode account;
    bool switched = false;
    std::string code;  // of the refusal, or empty
    std::string detail;
    std::optional<std::int64_t> documents_in_flight;
    RawJson preview;  // what the plugin says its first run would do, or null
};
BOOST_DESCRIBE_STRUCT(RolloutResult, (),
                      (account, switched, code, detail, documents_in_flight, preview))

// Switches a plugin for many accounts: those of `plans`, or exactly `accounts`. A job; with
// `?dry_run=true` every account is previewed and nothing is switched.
struct Rollout {
    using Reply = boost::json::value;
    static constexpr OperationInfo kOperation{"plugins.rollout", Access::write, "accounts.write",
                                              "POST /plugins/{plugin}/rollout",
                                              "Switch a plugin for many accounts"};
    PluginName plugin;
    bool enabled = false;
    Reason reason;
    Defaulted<std::vector<Plan>> plans;
    Defaulted<std::vector<AccountCode>> accounts;
    std::optional<boost::json::value> config;
    std::optional<Instant> until;
    Defaulted<InFlight> in_flight = InFlight::frozen;
    Defaulted<bool> override = false;
    Defaulted<std::int32_t> wait = 10;  // seconds to wait for the job's end
};
BOOST_DESCRIBE_STRUCT(Rollout, (),
                      (plugin, enabled, reason, plans, accounts, config, until, in_flight, override,
                       wait))

}  // namespace wharf::plugins
