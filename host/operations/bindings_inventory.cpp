#include "host/domain/catalog_operations.hpp"
#include "host/domain/inventory_operations.hpp"
#include "host/operations/bind.hpp"
#include "host/operations/bindings.hpp"
#include "host/operations/journal.hpp"

namespace wharf::operations {
namespace {

// The domain's invariants, and A1: the journal's chain.
inventory::Verification verify_all(domain::Transaction& transaction,
                                   const inventory::Verify& request) {
    auto verification = domain::verify(transaction, request);
    for (const auto& broken : check_journal(transaction.session())) {
        verification.ok = false;
        verification.violations.push_back(
            {"A1", "journal entry " + std::to_string(broken.seq) + ": " + broken.detail});
    }
    verification.audit_entries =
        transaction.session().value<std::int64_t>("SELECT count(*) FROM journal").value_or(0);
    return verification;
}

}  // namespace

void bind_inventory(Registry& registry) {
    bind<inventory::Levels>(registry, &domain::levels);
    bind<inventory::Movements>(registry, &domain::movements);
    bind<inventory::GetSerial>(registry, &domain::get_serial);
    bind<inventory::Adjust>(registry, &domain::adjust);
    bind<inventory::MoveBin>(registry, &domain::move_bin);
    bind<inventory::Verify>(registry, &verify_all);
    bind<catalog::LockLot>(registry, &domain::lock_lot);
    bind<catalog::UnlockLot>(registry, &domain::unlock_lot);
}

}  // namespace wharf::operations
