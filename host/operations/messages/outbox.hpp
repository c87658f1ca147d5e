// The outbox: what this account sends to others. A row is written in the unit that sends, so it
// falls with it; the messenger takes it to the partner after the commit.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>
#include <wharf/operations/messages.hpp>

#include "host/operations/call_context.hpp"
#include "host/operations/messages/message.hpp"

namespace wharf::operations {

// Of the plugin that calls. Refuses `no_partner`, `undeclared_use`, `unknown_message`, what does
// not fit the message's shape (below /data), `message_too_large` and `outbox_full`.
messages::SendReply send_message(CallContext& context, const messages::Send& request);

// The next messages to the partner after the number, no more than one unit takes.
std::vector<Message> next_messages(storage::Session& session, const AccountCode& partner,
                                   std::int64_t after);

struct SentQuery {
    std::string partner = {};  // or empty
    std::string status = {};   // `waiting`, `delivered` or empty
    std::int64_t after = 0;
    std::size_t limit = 0;
};
std::vector<messages::SentMessage> sent_messages(storage::Session& session, const SentQuery& query);

// The last message to the partner that it took in, by its own account of how far it came in each
// life of ours.
struct TakenUpTo {
    std::string incarnation;
    std::int64_t number = 0;
};
std::int64_t last_taken(storage::Session& session, const AccountCode& partner,
                        const std::vector<TakenUpTo>& told);

// What may be forgotten: messages to the partner up to this number.
struct OutboxBound {
    AccountCode partner;
    std::int64_t number = 0;
};
BOOST_DESCRIBE_STRUCT(OutboxBound, (), (partner, number))

// Delivered, and older than they are kept.
std::vector<OutboxBound> prunable_messages(UnitOfWork& unit);
void prune_outbox(storage::Session& session, const std::vector<OutboxBound>& bounds);

}  // namespace wharf::operations
