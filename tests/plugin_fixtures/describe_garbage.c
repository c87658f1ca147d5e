/* Describes itself by something that is no JSON. */
#include "fixture.h"

static wharf_status fixture_describe(wharf_writer* description) {
    return fixture_write(description, WHARF_OK, "a fine plugin");
}

FIXTURE_START()
FIXTURE_CALL()
FIXTURE_ENTRY("describe_garbage")
