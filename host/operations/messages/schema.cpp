// The tables of partners, outbox and inbox.
#include "host/operations/messages/message.hpp"

namespace wharf::operations {
namespace {

using storage::Table;

using enum storage::ColumnType;

Table partner() {
    return {"partner",
            {{"partner"},
             {"status"},
             {"reason"},
             {"changed_by"},
             {"changed_at", integer},
             {"version", integer}},
            {"partner"}};
}

// Rows are never changed, so that a replay gives the same: how far they got stands in message_lane.
Table outbox_message() {
    return {"outbox_message",
            {{"number", integer},
             {"partner"},
             {"name"},
             {"plugin"},
             {"incarnation"},
             {"sent_at", integer},
             {"depth", integer},
             {"request_id"},
             {"data"}},
            {"number"},
            {{"outbox_message_by_partner", {"partner", "number"}}},
            true};
}

// How far messages to a partner got. Moved by the messenger, by a clock of its own.
Table message_lane() {
    return {"message_lane",
            {{"partner"},
             {"delivered", integer},
             {"delivered_at", integer, true},
             {"their_incarnation", text, true},
             {"attempts", integer},
             {"retry_at", integer, true},
             {"problem"},
             {"must_hear", integer}},
            {"partner"}};
}

// Up to which number messages of one life of a partner were taken in.
Table inbox_cursor() {
    return {"inbox_cursor",
            {{"partner"}, {"incarnation"}, {"number", integer}},
            {"partner", "incarnation"}};
}

// What was taken in and is not worked on yet.
Table inbox_message() {
    return {"inbox_message",
            {{"number", integer},
             {"partner"},
             {"incarnation"},
             {"sent_number", integer},
             {"name"},
             {"plugin"},
             {"sent_at", integer},
             {"depth", integer},
             {"request_id"},
             {"data"},
             {"received_at", integer},
             {"status"},
             {"attempts", integer},
             {"retry_at", integer, true},
             {"code"},
             {"detail"}},
            {"number"},
            {{"inbox_message_by_id", {"partner", "incarnation", "sent_number"}, true},
             {"inbox_message_by_plugin", {"plugin", "status", "number"}}},
            true};
}

}  // namespace

storage::Schema message_schema() {
    return {{700,
             "messages between accounts",
             {partner(), outbox_message(), message_lane(), inbox_cursor(), inbox_message()}}};
}

}  // namespace wharf::operations
