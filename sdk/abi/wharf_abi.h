/* The binary contract between the Wharf host and a plugin: C11, self-contained.
 *
 * A plugin exports one constant, `wharf_plugin_entry`. Everything that crosses this edge is bytes:
 * an operation's name and JSON text. No C++ type, exception or allocation crosses it, so host and
 * plugin may come from different compilers and years.
 *
 * Rules that hold for every struct and function here:
 *  - Every struct begins with its own size in bytes. Structs are only ever appended to: read a
 * field only when the struct's `size` says that it is there.
 *  - Bytes are UTF-8 JSON unless stated otherwise, not zero-terminated, owned by whoever made them,
 *    and valid until the function that they were handed to returns.
 *  - Results go out through a writer that the receiver owns; there is no free() in this contract.
 *  - No function may throw or longjmp across the edge.
 */
#ifndef WHARF_ABI_H
#define WHARF_ABI_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Grows by one when something is appended to this contract. A plugin states the level that it
 * needs; a host of a lower level refuses it. */
#define WHARF_ABI_LEVEL 1u

/* The longest message that may cross the edge, in bytes, either way. */
#define WHARF_MESSAGE_BYTES_MAX 67108864u

/* The name of the one symbol that a bundle exports. */
#define WHARF_ENTRY_SYMBOL "wharf_plugin_entry"

typedef struct wharf_bytes {
    const char* data;
    size_t size;
} wharf_bytes;

/* Takes the pieces of one result, in order. Owned by the receiver of the result. */
typedef struct wharf_writer {
    uint32_t size;
    void* state;
    /* Appends; returns 0, or non-zero when the message would pass WHARF_MESSAGE_BYTES_MAX: then the
     * caller gives up and returns WHARF_FAULT. */
    int32_t (*write)(void* state, const char* data, size_t length);
} wharf_writer;

/* What a call came to. */
typedef enum wharf_status {
    WHARF_OK = 0,      /* the writer holds the reply */
    WHARF_REFUSED = 1, /* the writer holds a refusal: {"kind","code","detail","hint","faults"} */
    WHARF_FAULT = 2    /* the callee broke: the writer may hold {"detail": "..."} for the log */
} wharf_status;

/* What the host is asking a plugin to do. */
typedef enum wharf_call_kind {
    WHARF_CALL_OPERATION = 1, /* name: the operation; input: its request */
    WHARF_CALL_REACTION = 2,  /* name: the event; input: the event */
    WHARF_CALL_GUARD = 3,     /* name: the guarded operation; input: its request */
    WHARF_CALL_WITHIN = 4,    /* name: the operation; input: {"request","reply"} */
    WHARF_CALL_SCHEDULE = 5,  /* name: the schedule; input: {"due_at"} */
    WHARF_CALL_UPGRADE = 6, /* name: the collection; input: {"from","document"}; reply: document */
    WHARF_CALL_PREVIEW = 7, /* name: empty; input: {}; reply: what switching on would do first */
    WHARF_CALL_JOB = 8,     /* name: the job; input: {"id","request","state"}; one step of it */
    WHARF_CALL_MESSAGE = 9  /* name: the message; input: {"id","from","sent_at","depth","data"} */
} wharf_call_kind;

/* One call from the host into a plugin. Valid until the call returns.
 * Threads: calls for different accounts, and reads of one account, come at the same time from any
 * thread; a plugin keeps no state of its own between calls. */
typedef struct wharf_call {
    uint32_t size;
    uint32_t kind;       /* a wharf_call_kind; unknown kinds are answered with WHARF_FAULT */
    uint64_t token;      /* names the unit of work; hand it back to the host's functions */
    uint64_t id;         /* of this call, unique in the host's process */
    uint64_t parent;     /* the call that led to this one, or 0 */
    int64_t deadline_us; /* instant, microseconds since 1970 UTC, after which the host refuses */
    wharf_bytes name;
    wharf_bytes
        context; /* {"account","now","principal","config","plugin","request_id","dry_run",...} */
    wharf_bytes input;
} wharf_call;

/* What the host lends to a plugin; lives as long as the process. Every function may be called from
 * any thread that is inside a call, with that call's token, until the call returns. */
typedef struct wharf_host {
    uint32_t size;
    uint32_t level;
    /* Calls an operation within the same unit of work. The effects of a refused call are undone
     * before it returns. An unknown, expired or foreign token is WHARF_REFUSED. */
    wharf_status (*call)(uint64_t token, wharf_bytes operation, wharf_bytes request,
                         wharf_writer* reply);
    /* Writes one line to the host's log under the plugin's name. level: 0 debug .. 3 error. Text is
     * plain UTF-8. */
    void (*log)(uint64_t token, int32_t level, wharf_bytes text);
} wharf_host;

/* The one exported constant. */
typedef struct wharf_plugin_entry_v1 {
    uint32_t size;
    uint32_t level;      /* the level that the plugin needs */
    const char* name;    /* zero-terminated: [a-z][a-z0-9_]{0,39} */
    const char* version; /* zero-terminated: MAJOR.MINOR.PATCH */
    /* Writes the plugin's self-description (what plugin.json is made from). Called before start(),
     * by the bundle tool and by the host; the same bytes every time. */
    wharf_status (*describe)(wharf_writer* description);
    /* Called once, before any call(). Keeps the pointer. */
    wharf_status (*start)(const wharf_host* host, wharf_writer* error);
    wharf_status (*call)(const wharf_call* call, wharf_writer* reply);
} wharf_plugin_entry_v1;

#ifdef __cplusplus
}
#endif

#endif
