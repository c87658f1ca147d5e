#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <memory>
#include <string>

#include "host/app/commands.hpp"
#include "host/app/remote.hpp"

namespace wharf::app {

namespace {

void add_read_options(CLI::App& command, Remote& remote) {
    remote.add_connection_options(command);
    remote.add_account_option(command);
    remote.add_json_flag(command);
}

void add_write_options(CLI::App& command, Remote& remote) {
    add_read_options(command, remote);
    remote.add_dry_run_flag(command);
}

// `agree` and `end`: who, and why.
struct Consent {
    std::string partner;
    std::string reason;

    [[nodiscard]] std::string path(const Remote& remote) const {
        return remote.base() + "/partners/" + path_segment(partner);
    }
    [[nodiscard]] std::string json() const {
        return boost::json::serialize(boost::json::object{{"reason", reason}});
    }
};

std::shared_ptr<Consent> add_consent(CLI::App& command, Remote& remote) {
    auto consent = std::make_shared<Consent>();
    command.add_option("partner", consent->partner, "The other account")->required();
    command.add_option("--reason", consent->reason, "Why; stands in the audit")->required();
    add_write_options(command, remote);
    return consent;
}

void add_show(CLI::App& group, Remote& remote) {
    auto* command = group.add_subcommand("show", "One partner: what waits, and what holds it up");
    auto partner = std::make_shared<std::string>();
    command->add_option("partner", *partner)->required();
    add_read_options(*command, remote);
    command->callback([partner, &remote] {
        remote.show(remote.read(remote.base() + "/partners/" + path_segment(*partner)));
    });
}

void add_retry(CLI::App& group, Remote& remote) {
    auto* command = group.add_subcommand("retry", "Work on a parked message again");
    auto number = std::make_shared<std::string>();
    command->add_option("number", *number, "As `message received` lists it")->required();
    add_write_options(*command, remote);
    command->callback([number, &remote] {
        remote.show(remote.write(
            "POST", remote.base() + "/messages/received/" + path_segment(*number) + "/retry",
            "{}"));
    });
}

void add_list(CLI::App& group, Remote& remote, const char* name, const char* help,
              const char* path) {
    auto* command = group.add_subcommand(name, help);
    add_read_options(*command, remote);
    command->callback([path, &remote] { remote.show_all(remote.base() + path); });
}

}  // namespace

void add_partner_commands(CLI::App& app, Remote& remote) {
    auto* group = app.add_subcommand("partner", "Accounts that messages are exchanged with");
    group->require_subcommand(1);
    add_list(*group, remote, "list", "All of them", "/partners");
    add_show(*group, remote);
    auto* agree = group->add_subcommand("agree", "Agree to exchange messages with an account");
    auto consent = add_consent(*agree, remote);
    agree->callback([consent, &remote] {
        remote.show(remote.write("PUT", consent->path(remote), consent->json()));
    });
    auto* end = group->add_subcommand("end", "Exchange no more messages with it");
    auto farewell = add_consent(*end, remote);
    end->callback([farewell, &remote] {
        remote.show(remote.write("POST", farewell->path(remote) + "/end", farewell->json()));
    });
}

void add_message_commands(CLI::App& app, Remote& remote) {
    auto* group = app.add_subcommand("message", "Messages to and from other accounts");
    group->require_subcommand(1);
    add_list(*group, remote, "sent", "What was sent, and whether it got there", "/messages/sent");
    add_list(*group, remote, "received", "What was taken in and is not worked on yet",
             "/messages/received");
    add_retry(*group, remote);
}

}  // namespace wharf::app
