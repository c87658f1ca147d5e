/* A right plugin that waits for returns and does nothing about them: what bench/ calls idle. */
#include "fixture.h"

static wharf_status fixture_describe(wharf_writer* description) {
    return fixture_write(
        description, WHARF_OK,
        "{\"sdk_level\":1,\"name\":\"listens\",\"version\":\"1.0.0\","
        "\"title\":\"A fixture\",\"reactions\":[{\"event\":\"return.expected\"}]}");
}

FIXTURE_START()
FIXTURE_CALL()
FIXTURE_ENTRY("listens")
