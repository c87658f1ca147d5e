// Commands of one request: verify, backup, call, openapi, version, demo.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "host/app/commands.hpp"
#include "host/app/exit_codes.hpp"
#include "host/app/jobs.hpp"
#include "host/app/operation_help.hpp"
#include "host/app/remote.hpp"
#include "host/app/version.hpp"

namespace wharf::app {

namespace {

// The demo is a program of its own beside this one.
void run_demo(std::vector<std::string> arguments) {
    const auto program =
        std::filesystem::read_symlink("/proc/self/exe").parent_path() / "wharf-demo";
    std::string name = program.string();
    std::vector<char*> argv{name.data()};
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    ::execv(name.c_str(), argv.data());
    throw Failure(
        ExitCode::usage,
        "the demo is not installed beside this program; in the source tree run script/demo");
}

std::string openapi_path(const Remote& remote) {
    return remote.has_account() ? remote.base() + "/openapi.json" : "/openapi.json";
}

void tell_fields(Remote& remote, const std::string& operation) {
    const auto document = boost::json::parse(remote.read(openapi_path(remote)));
    if (print_operation(std::cout, document, operation)) return;
    throw Failure(
        ExitCode::refused,
        "there is no operation " + operation +
            (remote.has_account() ? " for this account: a plugin's are there while it is on"
                                  : "; those of an account's plugins are told with --account"));
}

}  // namespace

void add_verify(CLI::App& app, Remote& remote) {
    auto* command = app.add_subcommand("verify", "Check every invariant of an account's books");
    remote.add_connection_options(*command);
    remote.add_account_option(*command);
    remote.add_json_flag(*command);
    command->callback([&remote] {
        const auto body =
            finished(remote, remote.client().send({"GET", remote.base() + "/verify"}), "verifying");
        remote.show(body);
        const auto report = boost::json::parse(body);
        const auto* ok = report.as_object().if_contains("ok");
        if (ok == nullptr || !ok->is_bool() || !ok->get_bool()) {
            throw Failure(ExitCode::refused, "the books do not agree; see the violations above");
        }
    });
}

void add_backup(CLI::App& app, Remote& remote) {
    auto* command = app.add_subcommand(
        "backup", "Copy an account while it is served, into DIR/backups of the host");
    remote.add_connection_options(*command);
    remote.add_account_option(*command);
    remote.add_json_flag(*command);
    remote.add_dry_run_flag(*command);
    command->callback(
        [&remote] { remote.show(remote.write("POST", remote.base() + "/backups", "{}")); });
}

void add_call(CLI::App& app, Remote& remote) {
    auto* command = app.add_subcommand("call", "Call any operation by its name");
    auto operation = std::make_shared<std::string>();
    auto request = std::make_shared<std::string>("{}");
    command->add_option("operation", *operation, "Such as sales.place_order")->required();
    auto fields = std::make_shared<bool>(false);
    command->add_option("request", *request, "JSON")->capture_default_str();
    command->add_flag("--fields", *fields, "Do nothing but tell what the operation takes");
    remote.add_connection_options(*command);
    remote.add_account_option(*command, false);
    remote.add_json_flag(*command);
    remote.add_dry_run_flag(*command);
    command->callback([operation, request, fields, &remote] {
        if (*fields) return tell_fields(remote, *operation);
        const auto path = remote.base() + "/operations/" + path_segment(*operation);
        std::cout << remote.write("POST", path, boost::json::serialize(json_argument(*request)))
                  << '\n';
    });
}

void add_openapi(CLI::App& app, Remote& remote) {
    auto* command = app.add_subcommand(
        "openapi", "Print the OpenAPI document of the host, or with --account of that account");
    remote.add_connection_options(*command);
    remote.add_account_option(*command, false);
    remote.add_json_flag(*command);
    command->callback([&remote] { std::cout << remote.read(openapi_path(remote)) << '\n'; });
}

void add_version(CLI::App& app) {
    auto* command = app.add_subcommand("version", "Print the version of this program");
    auto json = std::make_shared<bool>(false);
    command->add_flag("--json", *json, "As JSON");
    command->callback([json] {
        if (*json) {
            std::cout << R"({"name":"wharf","version":")" << kVersion << "\"}\n";
        } else {
            std::cout << "wharf " << kVersion << '\n';
        }
    });
}

void add_demo(CLI::App& app) {
    auto* command = app.add_subcommand("demo", "The first five minutes, on real orders");
    command->prefix_command();
    command->callback([command] { run_demo(command->remaining()); });
}

}  // namespace wharf::app
