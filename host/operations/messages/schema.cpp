// The tables of partners, outbox and inbox.
#include "host/operations/messages/message.hpp"

namespace wharf::operations {
namespace {

using storage::ColumnType;
using storage::Table;

constexpr auto kInteger = ColumnType::integer;
constexpr auto kText = ColumnType::text;

Table partner() {
    return {"partner",
            {{"partner"},
             {"status"},
             {"reason"},
             {"changed_by"},
             {"changed_at", kInteger},
             {"version", kInteger}},
            {"partner"}};
}

// Rows are never changed, so that a replay gives the same: how far they got stands in message_lane.
Table outbox_message() {
    return {"outbox_message",
            {{"number", kInteger},
             {"partner"},
             {"name"},
             {"plugin"},
             {"incarnation"},
             {"sent_at", kInteger},
             {"depth", kInteger},
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
             {"delivered", kInteger},
             {"delivered_at", kInteger, true},
             {"their_incarnation", kText, true},
             {"attempts", kInteger},
             {"retry_at", kInteger, true},
             {"problem"},
             {"must_hear", kInteger}},
            {"partner"}};
}

// Up to which number messages of one life of a partner were taken in.
Table inbox_cursor() {
    return {"inbox_cursor",
            {{"partner"}, {"incarnation"}, {"number", kInteger}},
            {"partner", "incarnation"}};
}

// What was taken in and is not worked on yet.
Table inbox_message() {
    return {"inbox_message",
            {{"number", kInteger},
             {"partner"},
             {"incarnation"},
             {"sent_number", kInteger},
             {"name"},
             {"plugin"},
             {"sent_at", kInteger},
             {"depth", kInteger},
             {"request_id"},
             {"data"},
             {"received_at", kInteger},
             {"status"},
             {"attempts", kInteger},
             {"retry_at", kInteger, true},
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
