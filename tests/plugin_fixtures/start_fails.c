/* Refuses to start. */
#include "fixture.h"

FIXTURE_DESCRIBE("start_fails")
FIXTURE_CALL()

static wharf_status fixture_start(const wharf_host* host, wharf_writer* error) {
    (void)host;
    return fixture_write(error, WHARF_FAULT, "{\"detail\":\"not today\"}");
}

FIXTURE_ENTRY("start_fails")
