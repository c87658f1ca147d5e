#include "host/operations/effects.hpp"

#include <utility>
#include <wharf/describe.hpp>

#include "host/domain/events.hpp"
#include "host/limits.hpp"
#include "host/operations/messages/outbox.hpp"

namespace wharf::operations {
namespace {

// Messages that would have been sent, as their receivers would see them.
void append_messages(std::string& out, UnitOfWork& unit, bool first) {
    if (!unit.first_message_sent) return;
    SentQuery query;
    query.after = *unit.first_message_sent - 1;
    query.limit = limits::kReactionWindow;
    while (true) {
        const auto messages = sent_messages(unit.session, query);
        for (const auto& message : messages) {
            if (!std::exchange(first, false)) out += ',';
            out += "{\"message\":";
            append_json_string(out, message.message);
            out += ",\"to\":";
            append_json_string(out, message.to.text());
            out += ",\"data\":" + message.data.text + '}';
            query.after = message.number;
        }
        if (messages.size() < query.limit) return;
    }
}

void append_effects(std::string& out, UnitOfWork& unit, std::int64_t first_event) {
    out += '[';
    bool first = true;
    auto sequence = first_event;
    while (true) {
        const auto events = domain::events_after(unit.session, sequence, limits::kReactionWindow);
        for (const auto& event : events) {
            if (!first) out += ',';
            first = false;
            out += "{\"event\":";
            append_json_string(out, event.name);
            out += ",\"document\":";
            append_json(out, event.document);
            out += ",\"depth\":";
            append_json_integer(out, event.depth);
            out += ",\"data\":" + event.data.text + '}';
            sequence = event.sequence;
        }
        if (events.size() < limits::kReactionWindow) break;
    }
    append_messages(out, unit, first);
    out += ']';
}

void append_not_run(std::string& out, const ReactionOutcome& outcome) {
    out += '[';
    for (const auto& not_run : outcome.not_run) {
        if (out.back() != '[') out += ',';
        out += "{\"plugin\":";
        append_json_string(out, not_run.plugin);
        out += ",\"reason\":";
        append_json_string(out, not_run.reason);
        out += '}';
    }
    out += ']';
}

}  // namespace

std::string dry_run_body(UnitOfWork& unit, const std::string& reply, std::int64_t first_event,
                         const ReactionOutcome& outcome) {
    std::string body = "{\"dry_run\":true";
    if (reply.size() > 2 && reply.front() == '{') {
        body += ',';
        body.append(reply, 1, reply.size() - 2);
    }
    body += ",\"effects\":";
    const bool has_events = &unit.settings->account != &directory_settings()->account;
    if (has_events) {
        append_effects(body, unit, first_event);
    } else {
        body += "[]";
    }
    body += ",\"not_run\":";
    append_not_run(body, outcome);
    body += '}';
    return body;
}

}  // namespace wharf::operations
