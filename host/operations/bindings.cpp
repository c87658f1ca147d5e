#include "host/operations/bindings.hpp"

#include "host/domain/documents/documents_schema.hpp"
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
    bind_tax(registry);
    bind_documents(registry);
    bind_transfers(registry);
}

storage::Schema domain_tables() {
    storage::Schema schema = domain::domain_schema();
    for (const auto* more : {&domain::documents_schema(), &domain::purchasing_schema()}) {
        schema.insert(schema.end(), more->begin(), more->end());
    }
    return schema;
}

}  // namespace wharf::operations
