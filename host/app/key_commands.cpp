#include <CLI/CLI.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <memory>
#include <string>
#include <vector>

#include "host/app/commands.hpp"
#include "host/app/remote.hpp"

namespace wharf::app {

namespace {

struct NewKey {
    std::string name;
    std::string role;
    std::string vendor;
    std::vector<std::string> locations;
    std::vector<std::string> permissions;

    [[nodiscard]] std::string json() const {
        boost::json::object body{{"name", name}, {"role", role}};
        if (!vendor.empty()) body["vendor"] = vendor;
        if (!locations.empty()) body["locations"] = list(locations);
        if (!permissions.empty()) body["permissions"] = list(permissions);
        return boost::json::serialize(body);
    }
    static boost::json::array list(const std::vector<std::string>& texts) {
        boost::json::array array;
        for (const auto& text : texts) array.emplace_back(text);
        return array;
    }
};

void add_create(CLI::App& group, Remote& remote) {
    auto* command = group.add_subcommand("create", "Make a key; it is shown this once");
    auto key = std::make_shared<NewKey>();
    command->add_option("--name", key->name, "What it is for")->required();
    command
        ->add_option("--role", key->role,
                     "admin, purchasing, warehouse, sales, vendor, integration")
        ->required();
    command->add_option("--vendor", key->vendor, "For the role vendor: which one");
    command->add_option("--location", key->locations, "For the role warehouse: only these");
    command->add_option("--permission", key->permissions,
                        "For the role integration: exactly these");
    remote.add_connection_options(*command);
    remote.add_account_option(*command, false);
    remote.add_json_flag(*command);
    remote.add_dry_run_flag(*command);
    command->callback([key, &remote] {
        remote.show(remote.write("POST", remote.base() + "/keys", key->json()));
    });
}

}  // namespace

void add_key_commands(CLI::App& app, Remote& remote) {
    auto* group =
        app.add_subcommand("key", "API keys of an account, or of the platform without one");
    group->require_subcommand(1);

    auto* list = group->add_subcommand("list", "Keys, without their secrets");
    remote.add_connection_options(*list);
    remote.add_account_option(*list, false);
    remote.add_json_flag(*list);
    list->callback([&remote] { remote.show_all(remote.base() + "/keys"); });

    add_create(*group, remote);

    auto* revoke = group->add_subcommand("revoke", "Refuse a key from now on");
    auto id = std::make_shared<std::string>();
    revoke->add_option("id", *id)->required();
    remote.add_connection_options(*revoke);
    remote.add_account_option(*revoke, false);
    remote.add_json_flag(*revoke);
    remote.add_dry_run_flag(*revoke);
    revoke->callback([id, &remote] {
        remote.show(remote.write("DELETE", remote.base() + "/keys/" + path_segment(*id), ""));
    });
}

}  // namespace wharf::app
