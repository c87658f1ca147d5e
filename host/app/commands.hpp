// The commands of the program, one function per group. Each adds its commands to the application;
// what a command does runs when it was chosen.
#pragma once

namespace CLI {
class App;
}

namespace wharf::app {

class Remote;

// On the data folder, without a running host.
void add_init(CLI::App& app);
void add_serve(CLI::App& app);
void add_restore(CLI::App& app);
void add_replay(CLI::App& app);
void add_demo(CLI::App& app);
void add_test_host(CLI::App& app);

// By HTTP.
void add_account_commands(CLI::App& app, Remote& remote);
void add_key_commands(CLI::App& app, Remote& remote);
void add_plugin_commands(CLI::App& app, Remote& remote);
void add_partner_commands(CLI::App& app, Remote& remote);
void add_message_commands(CLI::App& app, Remote& remote);
void add_import(CLI::App& app, Remote& remote);
void add_export(CLI::App& app, Remote& remote);
void add_verify(CLI::App& app, Remote& remote);
void add_backup(CLI::App& app, Remote& remote);
void add_call(CLI::App& app, Remote& remote);
void add_openapi(CLI::App& app, Remote& remote);
void add_version(CLI::App& app);

}  // namespace wharf::app
