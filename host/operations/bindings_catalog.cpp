#include "host/domain/catalog_operations.hpp"
#include "host/operations/bind.hpp"
#include "host/operations/bindings.hpp"

namespace wharf::operations {

void bind_catalog(Registry& registry) {
    bind<catalog::PutLocation>(registry, &domain::put_location);
    bind<catalog::GetLocation>(registry, &domain::get_location);
    bind<catalog::ListLocations>(registry, &domain::list_locations);
    bind<catalog::PutProduct>(registry, &domain::put_product);
    bind<catalog::GetProduct>(registry, &domain::get_product);
    bind<catalog::ListProducts>(registry, &domain::list_products);
    bind<catalog::PutVendor>(registry, &domain::put_vendor);
    bind<catalog::GetVendor>(registry, &domain::get_vendor);
    bind<catalog::ListVendors>(registry, &domain::list_vendors);
    bind<catalog::PutVendorItem>(registry, &domain::put_vendor_item);
    bind<catalog::GetVendorItem>(registry, &domain::get_vendor_item);
    bind<catalog::ListVendorItems>(registry, &domain::list_vendor_items);
    bind<catalog::PutCustomer>(registry, &domain::put_customer);
    bind<catalog::GetCustomer>(registry, &domain::get_customer);
    bind<catalog::ListCustomers>(registry, &domain::list_customers);
    bind<catalog::PutStockLevel>(registry, &domain::put_stock_level);
    bind<catalog::GetStockLevel>(registry, &domain::get_stock_level);
    bind<catalog::ListStockLevels>(registry, &domain::list_stock_levels);
    bind<catalog::ListLots>(registry, &domain::list_lots);
}

}  // namespace wharf::operations
