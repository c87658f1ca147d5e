#include "host/domain/catalog_operations.hpp"
#include "host/domain/inventory_operations.hpp"
#include "host/operations/bind.hpp"
#include "host/operations/bindings.hpp"

namespace wharf::operations {

void bind_inventory(Registry& registry) {
    bind<inventory::Levels>(registry, &domain::levels);
    bind<inventory::Movements>(registry, &domain::movements);
    bind<inventory::GetSerial>(registry, &domain::get_serial);
    bind<inventory::Adjust>(registry, &domain::adjust);
    bind<inventory::MoveBin>(registry, &domain::move_bin);
    bind<inventory::Verify>(registry, &domain::verify);
    bind<catalog::LockLot>(registry, &domain::lock_lot);
    bind<catalog::UnlockLot>(registry, &domain::unlock_lot);
}

}  // namespace wharf::operations
