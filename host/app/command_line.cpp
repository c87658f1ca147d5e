#include "host/app/command_line.hpp"

#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>
#include <string>
#include <wharf/refusal.hpp>

#include "host/app/commands.hpp"
#include "host/app/exit_codes.hpp"
#include "host/app/remote.hpp"
#include "host/app/version.hpp"
#include "host/storage/session.hpp"

namespace wharf::app {

namespace {

int ended(ExitCode code) {
    return static_cast<int>(code);
}

int fail(ExitCode code, const std::string& line) {
    std::cerr << "wharf: " << line << '\n';
    return ended(code);
}

int fail_storage(const storage::StorageError& error) {
    using Kind = storage::StorageError::Kind;
    switch (error.kind()) {
        case Kind::in_use:
            return fail(ExitCode::in_use, "another process uses this data folder; stop it first");
        case Kind::newer_schema:
            return fail(ExitCode::newer_schema,
                        "the data was written by a newer wharf; run that version or restore a "
                        "backup made by this one");
        case Kind::full:
            return fail(ExitCode::disk, "the disk of the data folder is full");
        case Kind::io:
        case Kind::corrupt:
            return fail(ExitCode::disk,
                        std::string("the data folder cannot be used: ") + error.what());
        default:
            return fail(ExitCode::internal, error.what());
    }
}

void add_commands(CLI::App& app, Remote& remote) {
    add_serve(app);
    add_demo(app);
    add_init(app);
    add_account_commands(app, remote);
    add_key_commands(app, remote);
    add_plugin_commands(app, remote);
    add_partner_commands(app, remote);
    add_message_commands(app, remote);
    add_import(app, remote);
    add_export(app, remote);
    add_verify(app, remote);
    add_backup(app, remote);
    add_restore(app);
    add_replay(app);
    add_call(app, remote);
    add_openapi(app, remote);
    add_version(app);
    add_test_host(app);
}

int run(int argc, char** argv) {
    CLI::App app("Wharf: a thin host for commerce operations, with every feature a plugin",
                 "wharf");
    app.footer(kExitCodesHelp);
    app.require_subcommand(1);
    app.set_version_flag("--version", kVersion);
    Remote remote;
    add_commands(app, remote);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const bool asked_for_help = error.get_exit_code() == 0;
        app.exit(error);
        return asked_for_help ? ended(ExitCode::done) : ended(ExitCode::usage);
    }
    return ended(ExitCode::done);
}

}  // namespace

int run_command_line(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const Failure& failure) {
        return fail(failure.code(), failure.what());
    } catch (const storage::StorageError& error) {
        return fail_storage(error);
    } catch (const Refusal& refusal) {
        return fail(ExitCode::refused, refusal.detail());
    } catch (const std::exception& error) {
        return fail(ExitCode::internal, error.what());
    }
}

}  // namespace wharf::app
