/* Exports something, but not the entry. */
#include "fixture.h"

FIXTURE_EXPORT int something_else(void);
int something_else(void) {
    return 1;
}
