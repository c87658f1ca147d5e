/* What the fixtures share: the smallest plugins that can be written, straight on the C door. */
#ifndef WHARF_FIXTURE_H
#define WHARF_FIXTURE_H

#include <string.h>
#include <wharf_abi.h>

#ifdef __cplusplus
#define FIXTURE_EXPORT extern "C" __attribute__((visibility("default")))
#else
#define FIXTURE_EXPORT __attribute__((visibility("default")))
#endif

static inline wharf_status fixture_write(wharf_writer* to, wharf_status status, const char* text) {
    return to->write(to->state, text, strlen(text)) == 0 ? status : WHARF_FAULT;
}

static inline int fixture_is(wharf_bytes bytes, const char* text) {
    return bytes.size == strlen(text) && memcmp(bytes.data, text, bytes.size) == 0;
}

#define FIXTURE_DESCRIPTION(name) \
    "{\"sdk_level\":1,\"name\":\"" name "\",\"version\":\"1.0.0\",\"title\":\"A fixture\"}"

/* describe() and the rest for a fixture that only differs from a right plugin in one point. */
#define FIXTURE_DESCRIBE(name)                                                  \
    static wharf_status fixture_describe(wharf_writer* description) {           \
        return fixture_write(description, WHARF_OK, FIXTURE_DESCRIPTION(name)); \
    }
#define FIXTURE_START()                                                              \
    static wharf_status fixture_start(const wharf_host* host, wharf_writer* error) { \
        (void)host;                                                                  \
        (void)error;                                                                 \
        return WHARF_OK;                                                             \
    }
#define FIXTURE_CALL()                                                              \
    static wharf_status fixture_call(const wharf_call* call, wharf_writer* reply) { \
        (void)call;                                                                 \
        return fixture_write(reply, WHARF_OK, "{}");                                \
    }
#define FIXTURE_ENTRY(name)                                                          \
    FIXTURE_EXPORT const wharf_plugin_entry_v1 wharf_plugin_entry;                   \
    const wharf_plugin_entry_v1 wharf_plugin_entry = {sizeof(wharf_plugin_entry_v1), \
                                                      WHARF_ABI_LEVEL,               \
                                                      name,                          \
                                                      "1.0.0",                       \
                                                      fixture_describe,              \
                                                      fixture_start,                 \
                                                      fixture_call};

#endif
