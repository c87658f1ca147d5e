#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <memory>
#include <string>

#include "host/app/commands.hpp"
#include "host/app/jobs.hpp"
#include "host/app/remote.hpp"

namespace wharf::app {

namespace {

struct Switch {
    std::string plugin;
    bool enabled = true;
    std::string reason;
    std::string config;
    std::string until;
    std::string in_flight;
    bool override_rules = false;

    [[nodiscard]] std::string json() const {
        boost::json::object body{{"enabled", enabled}, {"reason", reason}};
        if (!config.empty()) body["config"] = json_argument(config);
        if (!until.empty()) body["until"] = until;
        if (!in_flight.empty()) body["in_flight"] = in_flight;
        if (override_rules) body["override"] = true;
        return boost::json::serialize(body);
    }
};

void add_switch(CLI::App& group, Remote& remote, bool on) {
    auto* command =
        group.add_subcommand(on ? "on" : "off", on ? "Switch a plugin on, or change its "
                                                     "configuration"
                                                   : "Switch a plugin off");
    auto toggle = std::make_shared<Switch>();
    toggle->enabled = on;
    command->add_option("plugin", toggle->plugin)->required();
    command->add_option("--reason", toggle->reason, "Why; stands in the audit")->required();
    if (on) {
        command->add_option("--config", toggle->config, "JSON");
        command->add_option("--until", toggle->until, "An instant after which it is off again");
        command->add_flag("--override", toggle->override_rules,
                          "In spite of the eligibility rules");
    } else {
        command->add_option("--in-flight", toggle->in_flight, "finished or frozen");
    }
    remote.add_connection_options(*command);
    remote.add_account_option(*command);
    remote.add_json_flag(*command);
    remote.add_dry_run_flag(*command);
    command->callback([toggle, &remote] {
        remote.show(remote.write("PUT", remote.base() + "/plugins/" + path_segment(toggle->plugin),
                                 toggle->json()));
    });
}

void add_rollout(CLI::App& group, Remote& remote) {
    auto* command = group.add_subcommand("rollout", "Switch a plugin for many accounts");
    auto plugin = std::make_shared<std::string>();
    auto body = std::make_shared<std::string>();
    command->add_option("plugin", *plugin)->required();
    command->add_option("body", *body, "JSON: plans or accounts, enabled, config, reason")
        ->required();
    remote.add_connection_options(*command);
    remote.add_json_flag(*command);
    remote.add_dry_run_flag(*command);
    command->callback([plugin, body, &remote] {
        const auto path = "/v1/plugins/" + path_segment(*plugin) + "/rollout" +
                          (remote.dry_run() ? "?dry_run=true" : "");
        const auto request = boost::json::serialize(json_argument(*body));
        remote.show(finished(remote, remote.client().send({"POST", path, request}), "switching"));
    });
}

}  // namespace

void add_plugin_commands(CLI::App& app, Remote& remote) {
    auto* group = app.add_subcommand("plugin", "Plugins: installed, and on or off per account");
    group->require_subcommand(1);
    auto* list = group->add_subcommand("list", "Installed bundles, or with --account its plugins");
    remote.add_connection_options(*list);
    remote.add_account_option(*list, false);
    remote.add_json_flag(*list);
    list->callback([&remote] { remote.show_all(remote.base() + "/plugins"); });
    add_switch(*group, remote, true);
    add_switch(*group, remote, false);
    add_rollout(*group, remote);
}

}  // namespace wharf::app
