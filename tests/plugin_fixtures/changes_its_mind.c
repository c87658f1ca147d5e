/* Describes itself rightly in the probe and otherwise in the host. */
#include <sys/resource.h>

#include "fixture.h"

static wharf_status fixture_describe(wharf_writer* description) {
    struct rlimit file_size; /* the probe may write no file, and the host may */
    const int in_probe = getrlimit(RLIMIT_FSIZE, &file_size) == 0 && file_size.rlim_cur == 0;
    return fixture_write(description, WHARF_OK,
                         in_probe ? FIXTURE_DESCRIPTION("changes_its_mind")
                                  : "{\"sdk_level\":1,\"name\":\"changes_its_mind\",\"version\":"
                                    "\"1.0.0\",\"title\":\"Another title\"}");
}

FIXTURE_START()
FIXTURE_CALL()
FIXTURE_ENTRY("changes_its_mind")
