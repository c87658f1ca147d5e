#include "host/operations/messages/verify_messages.hpp"

namespace wharf::operations {
namespace {

constexpr std::string_view kInvariant = "X1";

void check_outbox(storage::Session& session, domain::Findings& findings) {
    findings.add_rows(
        kInvariant, "a message goes to an account that was never agreed with",
        session.select("SELECT m.partner, m.number FROM outbox_message m LEFT JOIN partner p ON "
                       "p.partner = m.partner WHERE p.partner IS NULL"),
        1, 1);
    findings.add_rows(
        kInvariant, "more messages were sent than are counted",
        session.select("SELECT MAX(number) FROM outbox_message HAVING MAX(number) > (SELECT "
                       "COALESCE(MAX(value), 0) FROM counter WHERE name = 'message_sent')"),
        0, 1);
    findings.add_rows(
        kInvariant, "more was delivered to a partner than was ever sent",
        session.select("SELECT partner, delivered FROM message_lane WHERE delivered > (SELECT "
                       "COALESCE(MAX(value), 0) FROM counter WHERE name = 'message_sent')"),
        1, 1);
}

void check_inbox(storage::Session& session, domain::Findings& findings) {
    findings.add_rows(
        kInvariant, "a message was taken in that its sender's cursor has not reached",
        session.select("SELECT m.partner, m.incarnation, m.sent_number FROM inbox_message m LEFT "
                       "JOIN inbox_cursor c ON c.partner = m.partner AND c.incarnation = "
                       "m.incarnation WHERE m.sent_number > COALESCE(c.number, 0)"),
        2, 1);
    findings.add_rows(
        kInvariant, "a message was taken in from an account that was never agreed with",
        session.select("SELECT m.partner, m.number FROM inbox_message m LEFT JOIN partner p ON "
                       "p.partner = m.partner WHERE p.partner IS NULL"),
        1, 1);
}

// The note of a row is the message's id with the step, so each comes once.
void check_journal_of_messages(storage::Session& session, domain::Findings& findings) {
    findings.add_rows(
        kInvariant, "a step of a message was taken more than once",
        session.select("SELECT note, COUNT(*) FROM journal WHERE kind = 'message' GROUP BY note "
                       "HAVING COUNT(*) > 1"),
        1, 1);
    findings.add_rows(
        kInvariant, "the journal and the counter disagree on how many messages were taken in",
        session.select(
            "SELECT COUNT(*), (SELECT COALESCE(MAX(value), 0) FROM counter WHERE name = "
            "'message_received') FROM journal WHERE kind = 'message' AND plugin IS NULL HAVING "
            "COUNT(*) <> (SELECT COALESCE(MAX(value), 0) FROM counter WHERE name = "
            "'message_received')"),
        0, 2);
}

}  // namespace

void verify_messages(storage::Session& session, domain::Findings& findings) {
    check_outbox(session, findings);
    check_inbox(session, findings);
    check_journal_of_messages(session, findings);
}

}  // namespace wharf::operations
