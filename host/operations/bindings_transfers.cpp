#include "host/domain/transfer.hpp"
#include "host/operations/bind.hpp"
#include "host/operations/bindings.hpp"

namespace wharf::operations {

void bind_transfers(Registry& registry) {
    bind<transfers::Create>(registry, &domain::create_transfer);
    bind<transfers::Amend>(registry, &domain::amend_transfer);
    bind<transfers::Approve>(registry, &domain::approve_transfer);
    bind<transfers::Dispatch>(registry, &domain::dispatch_transfer);
    bind<transfers::Receive>(registry, &domain::receive_transfer);
    bind<transfers::Resolve>(registry, &domain::resolve_difference);
    bind<transfers::Cancel>(registry, &domain::cancel_transfer);
    bind<transfers::ApproveExcess>(registry, &domain::approve_excess);
    bind<transfers::RejectExcess>(registry, &domain::reject_excess);
    bind<transfers::Get>(registry, &domain::get_transfer);
    bind<transfers::List>(registry, &domain::list_transfers);
    bind<transfers::ListDifferences>(registry, &domain::list_differences);
    bind<transfers::Parts>(registry, &domain::transfer_parts);
}

}  // namespace wharf::operations
