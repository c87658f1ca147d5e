// The program `wharf`.
#include <sys/stat.h>

#include "host/app/command_line.hpp"

int main(int argc, char** argv) {
    // Books and key hashes are for the user that runs the host, whatever the shell's habit is.
    ::umask(S_IRWXG | S_IRWXO);
    return wharf::app::run_command_line(argc, argv);
}
