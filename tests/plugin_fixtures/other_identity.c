/* Its entry goes by another name than its own description. */
#include "fixture.h"

FIXTURE_DESCRIBE("other_identity")
FIXTURE_START()
FIXTURE_CALL()
FIXTURE_ENTRY("somebody_else")
