/* Starts in the probe and refuses in the host. */
#include <sys/resource.h>

#include "fixture.h"

FIXTURE_DESCRIBE("starts_once")
FIXTURE_CALL()

static wharf_status fixture_start(const wharf_host* host, wharf_writer* error) {
    struct rlimit file_size; /* the probe may write no file, and the host may */
    (void)host;
    if (getrlimit(RLIMIT_FSIZE, &file_size) == 0 && file_size.rlim_cur == 0) return WHARF_OK;
    return fixture_write(error, WHARF_FAULT, "{\"detail\":\"once was enough\"}");
}

FIXTURE_ENTRY("starts_once")
