#include "host/operations/bindings.hpp"

namespace wharf::operations {

void bind_domain(Registry& registry) {
    bind_catalog(registry);
    bind_inventory(registry);
    bind_sales(registry);
    bind_purchasing(registry);
    bind_receiving(registry);
    bind_planning(registry);
    bind_tax(registry);
    bind_documents(registry);
    bind_transfers(registry);
}

}  // namespace wharf::operations
