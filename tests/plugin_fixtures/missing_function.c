/* Leaves call() out of its entry. */
#include "fixture.h"

FIXTURE_DESCRIBE("missing_function")
FIXTURE_START()

FIXTURE_EXPORT const wharf_plugin_entry_v1 wharf_plugin_entry;
const wharf_plugin_entry_v1 wharf_plugin_entry = {sizeof(wharf_plugin_entry_v1),
                                                  WHARF_ABI_LEVEL,
                                                  "missing_function",
                                                  "1.0.0",
                                                  fixture_describe,
                                                  fixture_start,
                                                  NULL};
