/* Leaves quietly while it is being loaded, as if all were well. */
#include <unistd.h>

#include "fixture.h"

__attribute__((constructor)) static void leave(void) {
    _exit(0);
}

FIXTURE_DESCRIBE("exits")
FIXTURE_START()
FIXTURE_CALL()
FIXTURE_ENTRY("exits")
