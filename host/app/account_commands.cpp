#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <memory>
#include <string>

#include "host/app/commands.hpp"
#include "host/app/remote.hpp"

namespace wharf::app {

namespace {

struct NewAccount {
    std::string code;
    std::string name;
    std::string plan = "growth";
    std::string account_type = "seller";
    std::string inventory_type = "non_serialized";
    std::string currency = "INR";
    std::string time_zone = "Asia/Kolkata";
    std::string country = "IN";

    [[nodiscard]] std::string json() const {
        return boost::json::serialize(boost::json::object{{"code", code},
                                                          {"name", name},
                                                          {"plan", plan},
                                                          {"account_type", account_type},
                                                          {"inventory_type", inventory_type},
                                                          {"currency", currency},
                                                          {"time_zone", time_zone},
                                                          {"country", country}});
    }
};

void add_create(CLI::App& group, Remote& remote) {
    auto* command = group.add_subcommand("create", "Make an account");
    auto account = std::make_shared<NewAccount>();
    command->add_option("code", account->code, "Its code, in URLs too")->required();
    command->add_option("--name", account->name, "What people call it")->required();
    command->add_option("--plan", account->plan, "growth, enterprise or other")
        ->capture_default_str();
    command->add_option("--type", account->account_type, "seller, aggregator_3pl or vendor")
        ->capture_default_str();
    command->add_option("--inventory", account->inventory_type, "serialized or non_serialized")
        ->capture_default_str();
    command->add_option("--currency", account->currency, "ISO 4217")->capture_default_str();
    command->add_option("--time-zone", account->time_zone, "IANA name")->capture_default_str();
    command->add_option("--country", account->country, "ISO 3166-1")->capture_default_str();
    remote.add_connection_options(*command);
    remote.add_json_flag(*command);
    remote.add_dry_run_flag(*command);
    command->callback(
        [account, &remote] { remote.show(remote.write("POST", "/v1/accounts", account->json())); });
}

void add_update(CLI::App& group, Remote& remote) {
    auto* command = group.add_subcommand("update", "Change an account");
    auto code = std::make_shared<std::string>();
    auto changes = std::make_shared<std::string>();
    command->add_option("code", *code)->required();
    command->add_option("changes", *changes, "JSON, such as '{\"plan\":\"enterprise\"}'")
        ->required();
    remote.add_connection_options(*command);
    remote.add_json_flag(*command);
    remote.add_dry_run_flag(*command);
    command->callback([code, changes, &remote] {
        remote.show(remote.write("PATCH", "/v1/accounts/" + path_segment(*code),
                                 boost::json::serialize(json_argument(*changes))));
    });
}

}  // namespace

void add_account_commands(CLI::App& app, Remote& remote) {
    auto* group = app.add_subcommand("account", "Accounts of the installation");
    group->require_subcommand(1);

    auto* list = group->add_subcommand("list", "All accounts");
    remote.add_connection_options(*list);
    remote.add_json_flag(*list);
    list->callback([&remote] { remote.show_all("/v1/accounts"); });

    auto* show = group->add_subcommand("show", "One account");
    auto code = std::make_shared<std::string>();
    show->add_option("code", *code)->required();
    remote.add_connection_options(*show);
    remote.add_json_flag(*show);
    show->callback(
        [code, &remote] { remote.show(remote.read("/v1/accounts/" + path_segment(*code))); });

    add_create(*group, remote);
    add_update(*group, remote);
}

}  // namespace wharf::app
