#include <CLI/CLI.hpp>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "host/app/commands.hpp"
#include "host/app/exit_codes.hpp"
#include "host/app/jobs.hpp"
#include "host/app/progress_bar.hpp"
#include "host/app/remote.hpp"

namespace wharf::app {

namespace {

std::string whole_file(const std::string& name) {
    std::ifstream file(name, std::ios::binary);
    if (!file) throw Failure(ExitCode::usage, "cannot read " + name);
    return {std::istreambuf_iterator<char>(file), {}};
}

void run_import(Remote& remote, const std::string& kind, const std::string& name) {
    HttpRequest request{"POST", remote.base() + "/imports/" + path_segment(kind)};
    request.body = whole_file(name);
    request.content_type = "text/csv";
    if (remote.dry_run()) request.path += "?dry_run=true";
    HttpReply reply;
    {
        ProgressBar bar("sending " + name);
        reply = remote.client().send(
            request, [&](std::size_t sent, std::size_t total) { bar.show(sent, total); });
    }
    remote.show(finished(remote, std::move(reply), "importing " + kind));
}

}  // namespace

void add_import(CLI::App& app, Remote& remote) {
    auto* command = app.add_subcommand(
        "import", "Take a CSV file; every row is taken or refused with its number and reason");
    auto kind = std::make_shared<std::string>();
    auto file = std::make_shared<std::string>();
    command->add_option("kind", *kind, "products, vendors, vendor-items, stock or orders")
        ->required();
    command->add_option("file", *file, "UTF-8, the first row names the fields")->required();
    remote.add_connection_options(*command);
    remote.add_account_option(*command);
    remote.add_json_flag(*command);
    remote.add_dry_run_flag(*command);
    command->callback([kind, file, &remote] { run_import(remote, *kind, *file); });
}

}  // namespace wharf::app
