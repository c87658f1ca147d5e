#include "host/operations/bindings.hpp"

#include "host/domain/purchasing_schema.hpp"
#include "host/domain/schema.hpp"

namespace wharf::operations {

void bind_domain(Registry& registry) {
    bind_catalog(registry);
    bind_inventory(registry);
    bind_sales(registry);
    bind_purchasing(registry);
    bind_receiving(registry);
    bind_planning(registry);
}

storage::Schema domain_tables() {
    storage::Schema schema = domain::domain_schema();
    const auto& purchasing = domain::purchasing_schema();
    schema.insert(schema.end(), purchasing.begin(), purchasing.end());
    return schema;
}

}  // namespace wharf::operations
