/* The layout of every struct and the value of every constant of the C door, as lines of text.
 * Included once by a C file and once by a C++ file: both compilers must see the same door. */
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <wharf_abi.h>

#define STRUCT(type)                                                                            \
    used += (size_t)snprintf(text + used, size - used, "struct " #type " size %zu align %zu\n", \
                             sizeof(type), _Alignof(type));
#define FIELD(type, field)                                                                         \
    used +=                                                                                        \
        (size_t)snprintf(text + used, size - used, "  " #type "." #field " offset %zu size %zu\n", \
                         offsetof(type, field), sizeof(((type*)0)->field));
#define VALUE(name) \
    used += (size_t)snprintf(text + used, size - used, "value " #name " %ld\n", (long)(name));

static void write_layout(char* text, size_t size) {
    size_t used = 0;
    VALUE(WHARF_ABI_LEVEL)
    VALUE(WHARF_MESSAGE_BYTES_MAX)
    STRUCT(wharf_bytes)
    FIELD(wharf_bytes, data)
    FIELD(wharf_bytes, size)
    STRUCT(wharf_writer)
    FIELD(wharf_writer, size)
    FIELD(wharf_writer, state)
    FIELD(wharf_writer, write)
    VALUE(sizeof(wharf_status))
    VALUE(WHARF_OK)
    VALUE(WHARF_REFUSED)
    VALUE(WHARF_FAULT)
    VALUE(WHARF_CALL_OPERATION)
    VALUE(WHARF_CALL_REACTION)
    VALUE(WHARF_CALL_GUARD)
    VALUE(WHARF_CALL_WITHIN)
    VALUE(WHARF_CALL_SCHEDULE)
    VALUE(WHARF_CALL_UPGRADE)
    VALUE(WHARF_CALL_PREVIEW)
    VALUE(WHARF_CALL_JOB)
    VALUE(WHARF_CALL_MESSAGE)
    STRUCT(wharf_call)
    FIELD(wharf_call, size)
    FIELD(wharf_call, kind)
    FIELD(wharf_call, token)
    FIELD(wharf_call, id)
    FIELD(wharf_call, parent)
    FIELD(wharf_call, deadline_us)
    FIELD(wharf_call, name)
    FIELD(wharf_call, context)
    FIELD(wharf_call, input)
    STRUCT(wharf_host)
    FIELD(wharf_host, size)
    FIELD(wharf_host, level)
    FIELD(wharf_host, call)
    FIELD(wharf_host, log)
    STRUCT(wharf_plugin_entry_v1)
    FIELD(wharf_plugin_entry_v1, size)
    FIELD(wharf_plugin_entry_v1, level)
    FIELD(wharf_plugin_entry_v1, name)
    FIELD(wharf_plugin_entry_v1, version)
    FIELD(wharf_plugin_entry_v1, describe)
    FIELD(wharf_plugin_entry_v1, start)
    FIELD(wharf_plugin_entry_v1, call)
}
