/* States a size that no entry of its level has. */
#include "fixture.h"

FIXTURE_DESCRIBE("wrong_size")
FIXTURE_START()
FIXTURE_CALL()

FIXTURE_EXPORT const wharf_plugin_entry_v1 wharf_plugin_entry;
const wharf_plugin_entry_v1 wharf_plugin_entry = {sizeof(wharf_plugin_entry_v1) - 8,
                                                  WHARF_ABI_LEVEL,
                                                  "wrong_size",
                                                  "1.0.0",
                                                  fixture_describe,
                                                  fixture_start,
                                                  fixture_call};
