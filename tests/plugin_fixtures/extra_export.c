/* Exports more than the entry. */
#include "fixture.h"

FIXTURE_DESCRIBE("extra_export")
FIXTURE_START()
FIXTURE_CALL()
FIXTURE_ENTRY("extra_export")

FIXTURE_EXPORT int something_else(void);
int something_else(void) {
    return 1;
}
