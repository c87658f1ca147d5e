/* Its setup throws, which a plugin reports as a fault of describe(). */
#include "fixture.h"

static wharf_status fixture_describe(wharf_writer* description) {
    return fixture_write(description, WHARF_FAULT, "{\"detail\":\"setup threw: no such plan\"}");
}

FIXTURE_START()
FIXTURE_CALL()
FIXTURE_ENTRY("describe_fails")
