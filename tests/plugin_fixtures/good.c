/* A right plugin whose operations show every way in which a call can come out. */
#include "fixture.h"

static const wharf_host* host_functions;

FIXTURE_DESCRIBE("good")

static wharf_status fixture_start(const wharf_host* host, wharf_writer* error) {
    if (host->size < sizeof(wharf_host)) {
        return fixture_write(error, WHARF_FAULT, "{\"detail\":\"the host is too small\"}");
    }
    host_functions = host;
    return WHARF_OK;
}

static wharf_status pass_on(const wharf_call* call, wharf_writer* reply) {
    const wharf_bytes operation = {"host.operation", 14};
    return host_functions->call(call->token, operation, call->input, reply);
}

static wharf_status write_without_end(wharf_writer* reply) {
    static const char piece[65536];
    while (reply->write(reply->state, piece, sizeof(piece)) == 0) {
    }
    return WHARF_OK; /* claims success all the same */
}

static wharf_status write_log(const wharf_call* call, wharf_writer* reply) {
    host_functions->log(call->token, 2, call->input);
    return fixture_write(reply, WHARF_OK, "{}");
}

static wharf_status fixture_call(const wharf_call* call, wharf_writer* reply) {
    if (fixture_is(call->name, "good.echo")) {
        return reply->write(reply->state, call->input.data, call->input.size) ? WHARF_FAULT
                                                                              : WHARF_OK;
    }
    if (fixture_is(call->name, "good.pass_on")) return pass_on(call, reply);
    if (fixture_is(call->name, "good.log")) return write_log(call, reply);
    if (fixture_is(call->name, "good.write_without_end")) return write_without_end(reply);
    if (fixture_is(call->name, "good.refuse")) {
        return fixture_write(reply, WHARF_REFUSED,
                             "{\"kind\":\"conflict\",\"code\":\"good.taken\",\"detail\":\"it is "
                             "taken\",\"hint\":\"take another\",\"faults\":[{\"pointer\":\"/sku\","
                             "\"code\":\"taken\",\"detail\":\"taken\"}]}");
    }
    if (fixture_is(call->name, "good.refuse_oddly")) {
        return fixture_write(reply, WHARF_REFUSED, "{\"kind\":\"moody\",\"detail\":\"no\"}");
    }
    if (fixture_is(call->name, "good.refuse_unreadably")) {
        return fixture_write(reply, WHARF_REFUSED, "no");
    }
    if (fixture_is(call->name, "good.fault")) {
        return fixture_write(reply, WHARF_FAULT, "{\"detail\":\"a wheel came off\"}");
    }
    return fixture_write(reply, WHARF_FAULT, "{\"detail\":\"there is no such operation\"}");
}

FIXTURE_ENTRY("good")
