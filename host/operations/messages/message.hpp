// A message on its way from one account to another, and what both rooms of it share.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <wharf/describe.hpp>
#include <wharf/values/text.hpp>
#include <wharf/values/time.hpp>

#include "host/storage/table.hpp"

namespace wharf::operations {

// As it leaves the sender's outbox. (sender, incarnation, number) is its id: the incarnation is
// that of the sender when it was sent, so that what an account sends after it was restored is never
// taken for what it had sent before.
struct Message {
    std::string incarnation;
    std::int64_t number = 0;  // of the sender's messages
    std::string name;         // `<receiving plugin>.<what_happened>`
    Instant sent_at;
    std::int32_t depth = 0;  // of reactions and messages that led to it
    std::string request_id;
    RawJson data;
};
BOOST_DESCRIBE_STRUCT(Message, (), (incarnation, number, name, sent_at, depth, request_id, data))

inline std::string id_of(const AccountCode& from, std::string_view incarnation,
                         std::int64_t number) {
    return from.text() + '.' + std::string(incarnation) + '.' + std::to_string(number);
}

// The plugin that takes in messages of this name.
inline std::string_view receiver_of(std::string_view message) {
    return message.substr(0, message.find('.'));
}

// Migrations 700 to 719 of every account.
storage::Schema message_schema();

}  // namespace wharf::operations
