/* Calls a function that nobody has. */
#include "fixture.h"

int wharf_fixture_nowhere(void);

FIXTURE_DESCRIBE("unresolved")
FIXTURE_START()

static wharf_status fixture_call(const wharf_call* call, wharf_writer* reply) {
    (void)call;
    return wharf_fixture_nowhere() ? WHARF_FAULT : fixture_write(reply, WHARF_OK, "{}");
}

FIXTURE_ENTRY("unresolved")
