// For a plugin's own tests: the real host with the plugin's real bundle, in a process beside the
// test. Nothing is imitated: bundles go through every step of loading, requests are held against
// their shapes, reactions, guards, schedules and jobs run as they do for an account that is served.
// Only HTTP is left out, and the clock stands still until the test moves it.
//
//     wharf::testing::Host host;
//     auto account = host.account();
//     account.location("BLR").product("TEA").stock("TEA", "BLR", 10).switch_on("safety_hold");
//     const auto hold = account.call<HoldPlaced>("safety_hold.place", Hold{...});
//     account.verify();
//
// In CMake: `wharf_add_plugin_test(safety_hold_test SOURCES ... PLUGINS safety_hold)`, which says
// where the host and the bundles are. Any framework will do: what goes wrong is thrown.
//
// Threads: one.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "wharf/describe.hpp"
#include "wharf/operation.hpp"
#include "wharf/operations/accounts.hpp"
#include "wharf/operations/catalog.hpp"
#include "wharf/operations/inventory.hpp"
#include "wharf/operations/plugins.hpp"
#include "wharf/refusal.hpp"
#include "wharf/refusal_json.hpp"
#include "wharf/testing_process.hpp"

namespace wharf::testing {

// Whose key a call comes with.
struct Caller {
    std::string role = "admin";        // platform_admin, support, admin, purchasing, warehouse, ...
    std::optional<VendorCode> vendor;  // of role vendor
    std::vector<LocationCode> locations;   // of role warehouse
    std::vector<std::string> permissions;  // of role integration
};
BOOST_DESCRIBE_STRUCT(Caller, (), (role, vendor, locations, permissions))

// One account, as one caller sees it. Good as long as its host. A call that is refused throws the
// same Refusal that a handler would see.
class Account {
public:
    Account(std::shared_ptr<HostProcess> host, std::string code, Caller caller = {})
        : host_(std::move(host)), code_(std::move(code)), caller_(std::move(caller)) {}

    // The same account with another key.
    [[nodiscard]] Account as(Caller caller) const { return {host_, code_, std::move(caller)}; }

    template <OperationRequest Request>
    typename Request::Reply call(const Request& request) {
        return from_json<typename Request::Reply>(
            ask(Request::kOperation.name, to_json(request), false));
    }
    template <class Reply, class Request>
    Reply call(std::string_view operation, const Request& request) {
        return from_json<Reply>(ask(operation, to_json(request), false));
    }
    // What the call would come to, with its effects: {"dry_run": true, ..., "effects": [...]}.
    template <class Request>
    boost::json::value dry_run(std::string_view operation, const Request& request) {
        return ask(operation, to_json(request), true);
    }

    template <class Settings>
    Account& switch_on(std::string_view plugin, const Settings& settings) {
        return turn(plugin, true, boost::json::parse(to_json(settings)));
    }
    Account& switch_on(std::string_view plugin) { return turn(plugin, true, std::nullopt); }
    Account& switch_off(std::string_view plugin) { return turn(plugin, false, std::nullopt); }

    // The usual furniture, with the usual values.
    Account& location(const std::string& code) {
        catalog::PutLocation request;
        request.code = LocationCode(code);
        request.name = Name(code);
        call(request);
        return *this;
    }
    Account& product(const std::string& sku) {
        catalog::PutProduct request;
        request.sku = Sku(sku);
        request.name = Name(sku);
        call(request);
        return *this;
    }
    Account& stock(const std::string& sku, const std::string& location, std::int64_t quantity) {
        boost::json::object line{{"sku", sku}, {"quantity", quantity}, {"unit_cost", "1.00"}};
        ask(inventory::Adjust::kOperation.name,
            boost::json::serialize(boost::json::object{{"location", location},
                                                       {"reason", "opening"},
                                                       {"lines", boost::json::array{line}}}),
            false);
        return *this;
    }

    // Waits until the account's jobs are at their end.
    Account& settle() {
        host_->ask({{"do", "settle"}, {"account", code_}});
        return *this;
    }
    // Throws when an invariant of the account's books does not hold.
    Account& verify() {
        const auto report = ask(inventory::Verify::kOperation.name, "{}", false);
        if (!report.at("ok").as_bool()) {
            throw std::runtime_error("the books do not agree: " + boost::json::serialize(report));
        }
        return *this;
    }
    // Throws unless the account's journal, run again on an empty account, gives the same bytes:
    // a plugin that asks the clock or draws numbers of its own does not pass.
    Account& expect_same_when_replayed() {
        const auto report = host_->ask({{"do", "replay"}, {"account", code_}});
        if (!report.at("same").as_bool()) {
            throw std::runtime_error("not the same when replayed: " +
                                     boost::json::serialize(report));
        }
        return *this;
    }

private:
    boost::json::value ask(std::string_view operation, const std::string& request, bool dry_run) {
        return host_->ask({{"do", "call"},
                           {"account", code_},
                           {"as", boost::json::parse(to_json(caller_))},
                           {"operation", std::string(operation)},
                           {"request", boost::json::parse(request)},
                           {"dry_run", dry_run}});
    }
    Account& turn(std::string_view plugin, bool on, std::optional<boost::json::value> settings) {
        plugins::SwitchPlugin request;
        request.plugin = PluginName(std::string(plugin));
        request.enabled = on;
        request.reason = Reason("a test");
        request.config = std::move(settings);
        as({"platform_admin", {}, {}, {}}).call(request);
        return *this;
    }

    std::shared_ptr<HostProcess> host_;
    std::string code_;
    Caller caller_;
};

class Host {
public:
#ifdef WHARF_TEST_HOST
    Host() : Host(WHARF_TEST_HOST, WHARF_TEST_PLUGINS) {}
#endif
    // The host's program and a folder of bundles. Throws when a bundle is blocked, with the reason.
    Host(const std::string& program, const std::string& plugins)
        : process_(std::make_shared<HostProcess>(program, plugins)) {}

    // A new account: a seller of the plan growth with non-serialized stock in India, or as
    // `settings` says: {{"inventory_type", "serialized"}, {"serial_mode", 2}}.
    Account account(const std::string& code = "acme", const boost::json::object& settings = {}) {
        boost::json::object request{{"code", code},
                                    {"name", code},
                                    {"plan", "growth"},
                                    {"account_type", "seller"},
                                    {"inventory_type", "non_serialized"},
                                    {"currency", "INR"},
                                    {"time_zone", "Asia/Kolkata"},
                                    {"country", "IN"}};
        for (const auto& member : settings) request[member.key()] = member.value();
        process_->ask({{"do", "call"},
                       {"account", ""},
                       {"as", boost::json::object{{"role", "platform_admin"}}},
                       {"operation", std::string(accounts::CreateAccount::kOperation.name)},
                       {"request", std::move(request)}});
        return {process_, code};
    }

    // Moves the clock, which stands still otherwise; what is due then is done.
    Host& pass(std::chrono::seconds time) {
        process_->ask({{"do", "pass"}, {"seconds", time.count()}});
        return *this;
    }
    // Has messages between accounts carried, and what they lead to, without moving the clock.
    Host& settle() {
        process_->ask({{"do", "carry"}});
        return *this;
    }
    // Ends the host and starts it again on the same data.
    Host& restart() {
        process_->ask({{"do", "restart"}});
        return *this;
    }

private:
    std::shared_ptr<HostProcess> process_;
};

}  // namespace wharf::testing
