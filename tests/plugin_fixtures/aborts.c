/* Ends whoever loads it. */
#include <stdlib.h>

#include "fixture.h"

__attribute__((constructor)) static void end_the_process(void) {
    abort();
}

FIXTURE_DESCRIBE("aborts")
FIXTURE_START()
FIXTURE_CALL()
FIXTURE_ENTRY("aborts")
