#include "host/operations/unit_of_work.hpp"

#include <wharf/refusal.hpp>

#include "host/domain/events.hpp"
#include "host/domain/transaction.hpp"

namespace wharf::operations {

void UnitOfWork::require_time() const {
    if (facts.writes && !session.in_transaction()) {
        throw Refusal::unavailable("not_committed", "the transaction was given up by the storage",
                                   "try again");
    }
    if (services.clock() > facts.deadline) {
        throw Refusal(RefusalKind::deadline, "deadline", "this took longer than it may",
                      "try again; ask for less at once if it happens again");
    }
}

std::int64_t UnitOfWork::last_event() {
    return domain::last_event(session);
}

Date UnitOfWork::today() {
    if (!today_) {
        domain::Transaction transaction(session, settings->account,
                                        {facts.now, {}, facts.request_id, 0, {}});
        today_ = transaction.today();
    }
    return *today_;
}

domain::Actor UnitOfWork::caller() const {
    domain::Actor actor;
    if (facts.principal) {
        actor.name = facts.principal->key_id;
        actor.vendor = facts.principal->vendor;
        actor.locations = facts.principal->locations;
    } else {
        actor.name = "host";
    }
    return actor;
}

}  // namespace wharf::operations
