#include "host/operations/wake.hpp"

#include "host/accounts/accounts.hpp"
#include "host/accounts/run.hpp"

namespace wharf::operations {

void wake_at(UnitOfWork& unit, Instant due) {
    if (unit.facts.dry_run) return;
    accounts::run(unit.services.accounts->directory(), [&](storage::Session& session) {
        accounts::lower_next_due(session, unit.facts.account, due);
    });
}

}  // namespace wharf::operations
