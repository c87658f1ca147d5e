// The program: parses the command line, runs the command, and turns whatever went wrong into one
// line and an exit code.
#pragma once

namespace wharf::app {

int run_command_line(int argc, char** argv);

}  // namespace wharf::app
