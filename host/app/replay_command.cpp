#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "host/app/commands.hpp"
#include "host/app/data_folder.hpp"
#include "host/app/exit_codes.hpp"
#include "host/app/host.hpp"
#include "host/app/replay.hpp"

namespace wharf::app {

namespace {

struct Replay {
    std::vector<std::string> files;
    std::string data;
    std::string plugins;
    std::string account;
    bool json = false;
};

void tell(const std::filesystem::path& file, const operations::ReplayReport& report) {
    std::cout << (report.account.empty() ? file.string() : report.account) << ": " << report.entries
              << " entries of the journal, " << report.rows
              << " rows compared: " << (report.same ? "the same" : "not the same") << '\n';
    if (report.stopped) {
        std::cout << "  entry " << report.stopped->seq << " (" << report.stopped->operation
                  << "): " << report.stopped->reason << '\n';
    }
    for (const auto& difference : report.differences) {
        std::cout << "  " << difference.table << "\n    original " << difference.original
                  << "\n    replayed " << difference.replayed << '\n';
    }
}

// All of them, whatever becomes of one.
bool replay_all(const Replay& what, const std::vector<std::filesystem::path>& files) {
    const auto installed = load_plugins(what.plugins, {}, plugins::Entrance::direct);
    bool all_same = true;
    std::string list;
    for (const auto& file : files) {
        const auto report = replay_file(file, installed);
        all_same = all_same && report.same;
        if (what.json) {
            list += (list.empty() ? "" : ",") + to_json(report);
        } else {
            tell(file, report);
        }
    }
    if (what.json) std::cout << "{\"items\":[" << list << "]}\n";
    return all_same;
}

void run_replay(const Replay& what) {
    std::vector<std::filesystem::path> files(what.files.begin(), what.files.end());
    std::unique_ptr<storage::Engine> held;
    if (files.empty()) {
        if (what.data.empty()) {
            throw Failure(ExitCode::usage, "name a backup, or the data folder with --data");
        }
        held = open_installation(what.data);
        files = account_files(what.data, what.account);
    }
    if (!replay_all(what, files)) {
        throw Failure(ExitCode::refused, "the journal does not give the same account again");
    }
}

}  // namespace

void add_replay(CLI::App& app) {
    auto* command = app.add_subcommand(
        "replay", "Run the journal of accounts again and compare what comes of it, byte by byte");
    auto what = std::make_shared<Replay>();
    command->add_option("file", what->files, "Backups; without any, the accounts of --data");
    command->add_option("--data", what->data, "A data folder whose host is stopped")
        ->envname("WHARF_DATA");
    command->add_option("--account,-a", what->account, "Only this account of the data folder")
        ->envname("WHARF_ACCOUNT");
    command->add_option("--plugins", what->plugins, "The folder of plugin bundles")
        ->envname("WHARF_PLUGINS");
    command->add_flag("--json", what->json, "Print JSON");
    command->callback([what] { run_replay(*what); });
}

}  // namespace wharf::app
