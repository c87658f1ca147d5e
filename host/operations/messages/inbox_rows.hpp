// The rows of the inbox, and what the journal keeps of them.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/operations/messages/message.hpp"
#include "host/operations/messages/outbox.hpp"
#include "host/operations/unit_of_work.hpp"

namespace wharf::operations {

struct InboxRow {
    std::int64_t number = 0;  // of what this account took in
    AccountCode from;
    Message message;
    Instant received_at;
    int attempts = 0;
    std::optional<Instant> retry_at;
    bool parked = false;
};

// What it takes to know whether it may be worked on.
struct InboxHead {
    std::int64_t number = 0;
    AccountCode from;
    std::string name;
    std::optional<Instant> retry_at;
};

inline std::string id_of(const InboxRow& row) {
    return id_of(row.from, row.message.incarnation, row.message.number);
}
// What the plugin is given, as JSON: wharf::Received.
std::string input_of(const InboxRow& row);

// Also moves the cursor of its sender. Its number is that of the sender's last message from now on.
void store_row(storage::Session& session, const InboxRow& row);
void erase_row(storage::Session& session, std::int64_t number);

// Those that wait for the plugin, of partners that are agreed with, in order.
std::vector<InboxHead> waiting_heads(storage::Session& session, const std::string& plugin,
                                     std::int64_t after, std::size_t limit);
std::optional<InboxRow> row_at(storage::Session& session, std::int64_t number);

// Up to which of its numbers messages of a life of the sender were taken in; 0 before the first.
std::int64_t taken_up_to(storage::Session& session, const AccountCode& from,
                         const std::string& incarnation);
std::vector<TakenUpTo> taken_from(storage::Session& session, const AccountCode& from);
// Taken in from the partner, waiting or parked.
std::int64_t count_unfinished(storage::Session& session, const AccountCode& from);

struct ReceivedQuery {
    std::string partner = {};  // or empty
    std::string status = {};   // `waiting`, `parked` or empty
    std::int64_t after = 0;
    std::size_t limit = 0;
};
std::vector<messages::ReceivedMessage> received_messages(storage::Session& session,
                                                         const ReceivedQuery& query);

std::int64_t count_for_plugin(storage::Session& session, const std::string& plugin,
                              std::string_view status);

// When the first of what waits for a plugin that is on may be worked on; in the past when it can be
// at once.
std::optional<Instant> next_inbox_due(storage::Session& session, const Settings& settings,
                                      Instant now);

// One step of a message as the journal keeps it; a replay does the same, failures included.
enum class MessageStep { taken, done, failed, parked };
BOOST_DESCRIBE_ENUM(MessageStep, taken, done, failed, parked)

struct MessageRecord {
    std::int64_t number = 0;
    MessageStep step = MessageStep::taken;
    std::optional<Message> message = {};  // when it is taken in
    int attempts = 0;
    std::optional<Instant> retry_at = {};
    std::string code = {};
    std::string detail = {};
};
BOOST_DESCRIBE_STRUCT(MessageRecord, (), (number, step, message, attempts, retry_at, code, detail))

// After a failure: tried again at `retry_at`, or parked.
void store_failure(storage::Session& session, const MessageRecord& record);

// The note is the message's id with the step, so it comes once in a journal.
void journal_message(UnitOfWork& unit, const InboxRow& row, const MessageRecord& record);

}  // namespace wharf::operations
