#include <CLI/CLI.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "host/app/commands.hpp"
#include "host/app/restore.hpp"

namespace wharf::app {

namespace {

struct Restore {
    std::string data;
    std::string file;
    bool json = false;
    bool dry_run = false;
};

void run_restore(const Restore& what) {
    const auto restored = restore_account(what.data, what.file, what.dry_run);
    if (what.json) {
        boost::json::object json{{"account", restored.account}};
        if (what.dry_run) {
            json["dry_run"] = true;
        } else {
            json["incarnation"] = restored.incarnation;
            json["before"] = restored.before.string();
        }
        std::cout << boost::json::serialize(json) << '\n';
        return;
    }
    if (what.dry_run) {
        std::cout << "would restore " << restored.account << '\n';
        return;
    }
    std::cout << "restored " << restored.account << " (incarnation " << restored.incarnation
              << ")\n";
    if (!restored.before.empty()) {
        std::cout << "what it replaced is kept in " << restored.before.string() << '\n';
    }
}

}  // namespace

void add_restore(CLI::App& app) {
    auto* command = app.add_subcommand("restore", "Put a backup back; the host must be stopped");
    auto what = std::make_shared<Restore>();
    command->add_option("file", what->file, "Made by wharf backup")->required();
    command->add_option("--data", what->data, "The data folder")->required()->envname("WHARF_DATA");
    command->add_flag("--json", what->json, "Print JSON");
    command->add_flag("--dry-run", what->dry_run, "Check the file, change nothing");
    command->callback([what] { run_restore(*what); });
}

}  // namespace wharf::app
