/* Needs a level that this host does not have. */
#include "fixture.h"

FIXTURE_DESCRIBE("newer_level")
FIXTURE_START()
FIXTURE_CALL()

FIXTURE_EXPORT const wharf_plugin_entry_v1 wharf_plugin_entry;
const wharf_plugin_entry_v1 wharf_plugin_entry = {sizeof(wharf_plugin_entry_v1) + 8,
                                                  WHARF_ABI_LEVEL + 1,
                                                  "newer_level",
                                                  "1.0.0",
                                                  fixture_describe,
                                                  fixture_start,
                                                  fixture_call};
