/* Needs a library beyond the C and C++ runtimes. */
#include <sodium.h>

#include "fixture.h"

FIXTURE_DESCRIBE("needs_library")
FIXTURE_START()

static wharf_status fixture_call(const wharf_call* call, wharf_writer* reply) {
    (void)call;
    return fixture_write(reply, WHARF_OK, sodium_init() < 0 ? "{}" : "[]");
}

FIXTURE_ENTRY("needs_library")
