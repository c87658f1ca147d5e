/* Never comes back from being loaded. */
#include <unistd.h>

#include "fixture.h"

__attribute__((constructor)) static void wait_for_ever(void) {
    for (;;) pause();
}

FIXTURE_DESCRIBE("hangs")
FIXTURE_START()
FIXTURE_CALL()
FIXTURE_ENTRY("hangs")
