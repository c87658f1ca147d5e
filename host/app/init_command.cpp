#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "host/app/commands.hpp"
#include "host/app/data_folder.hpp"

namespace wharf::app {

void add_init(CLI::App& app) {
    auto* command = app.add_subcommand(
        "init", "Make a data folder and print the platform's key, once and only once");
    auto data = std::make_shared<std::string>();
    command->add_option("--data", *data, "The folder")->required()->envname("WHARF_DATA");
    command->callback([data] {
        const auto key = initialise(*data);
        std::cout << R"({"platform_key":")" << key << "\"}" << std::endl;
    });
}

}  // namespace wharf::app
