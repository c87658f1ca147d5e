// How the program ends, for scripts and service managers. Printed in --help and in
// docs/command-line.md.
#pragma once

#include <stdexcept>
#include <string>

namespace wharf::app {

enum class ExitCode : int {
    done = 0,
    refused = 1,           // the host said no, or verify found violations
    usage = 2,             // flags or arguments
    unreachable = 3,       // no host answers at the URL
    not_initialised = 10,  // the data folder has no installation
    already_initialised = 11,
    in_use = 12,        // another process has the data folder
    newer_schema = 13,  // a newer program wrote the data
    address_unavailable = 14,
    disk = 15,  // full, failing or damaged
    no_plugins_folder = 16,
    internal = 70,
};

// Ends a command with one line on standard error.
class Failure : public std::runtime_error {
public:
    Failure(ExitCode code, const std::string& line) : std::runtime_error(line), code_(code) {}
    [[nodiscard]] ExitCode code() const { return code_; }

private:
    ExitCode code_;
};

// For the end of --help.
inline constexpr const char* kExitCodesHelp =
    "Exit codes: 0 done; 1 the host refused, or verify found violations; 2 wrong flags;\n"
    "3 no host answers; 10 data folder not initialised; 11 already initialised; 12 data folder\n"
    "in use; 13 data written by a newer program; 14 address not available; 15 disk full, failing\n"
    "or damaged; 16 no such plugins folder; 70 internal.";

}  // namespace wharf::app
