// The inbox: what other accounts sent to this one. A message is taken in once (its sender's numbers
// are counted) and then worked on by its plugin, in the order of its sender; what fails is tried
// again and in the end parked. Every step is a row of the journal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>
#include <wharf/operations/messages.hpp>

#include "host/operations/journal.hpp"
#include "host/operations/messages/message.hpp"
#include "host/operations/messages/outbox.hpp"
#include "host/operations/unit_of_work.hpp"

namespace wharf::operations {

struct Delivery {
    AccountCode from;
    // The life of this account that the sender last delivered to; none: it never did.
    std::optional<std::string> known_incarnation;
    std::vector<Message> messages;
};

struct DeliveryAnswer {
    std::string incarnation;  // of this account, now
    // Set when the sender knew another life: nothing was taken in; this is how far it came in this
    // one.
    std::optional<std::vector<TakenUpTo>> other_life;
    std::size_t taken = 0;  // of the messages, from the first on; those that had come before too
    std::string problem;    // why not all of them, or empty
};

// Takes in what has not come before and works on what it can. Refuses `not_agreed`, which is also
// the answer of an account that is not there.
DeliveryAnswer take_in(UnitOfWork& unit, const Delivery& delivery);
Refusal not_agreed();

// Works on what waits: of partners that are agreed with, for plugins that are on, and not held by a
// failure. What is more than a unit's work goes on in another one.
void work_on_inbox(UnitOfWork& unit);
// Has it done in another unit, after this one.
void have_inbox_worked_on(UnitOfWork& unit);

// Works on a parked message, out of order. Throws what the plugin throws.
void retry_parked_message(UnitOfWork& unit, std::int64_t number);

// Does again what the journal says of a message, in another copy of the account.
void replay_message(UnitOfWork& unit, const JournalEntry& row);

}  // namespace wharf::operations
