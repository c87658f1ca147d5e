// Breaks the contract: lets an int out of call().
#include "fixture.h"

FIXTURE_DESCRIBE("throws_int")
FIXTURE_START()

static wharf_status fixture_call(const wharf_call* call, wharf_writer* /*reply*/) {
    if (call->size > 0) throw 7;
    return WHARF_OK;
}

FIXTURE_EXPORT const wharf_plugin_entry_v1 wharf_plugin_entry;
const wharf_plugin_entry_v1 wharf_plugin_entry = {sizeof(wharf_plugin_entry_v1),
                                                  WHARF_ABI_LEVEL,
                                                  "throws_int",
                                                  "1.0.0",
                                                  fixture_describe,
                                                  fixture_start,
                                                  fixture_call};
