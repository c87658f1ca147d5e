/* Tells the loader where to look for libraries; the build adds the path. */
#include "fixture.h"

FIXTURE_DESCRIBE("search_path")
FIXTURE_START()
FIXTURE_CALL()
FIXTURE_ENTRY("search_path")
