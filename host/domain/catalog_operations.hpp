// The catalog's operations. A PUT replaces the whole entry; with unchanged content it changes
// nothing, not even the version.
#pragma once

#include "host/domain/transaction.hpp"
#include "wharf/operations/catalog.hpp"

namespace wharf::domain {

Location put_location(Transaction& transaction, const catalog::PutLocation& request);
Product put_product(Transaction& transaction, const catalog::PutProduct& request);
Vendor put_vendor(Transaction& transaction, const catalog::PutVendor& request);
VendorItem put_vendor_item(Transaction& transaction, const catalog::PutVendorItem& request);
Customer put_customer(Transaction& transaction, const catalog::PutCustomer& request);
StockLevel put_stock_level(Transaction& transaction, const catalog::PutStockLevel& request);

Location get_location(Transaction& transaction, const catalog::GetLocation& request);
Product get_product(Transaction& transaction, const catalog::GetProduct& request);
Vendor get_vendor(Transaction& transaction, const catalog::GetVendor& request);
VendorItem get_vendor_item(Transaction& transaction, const catalog::GetVendorItem& request);
Customer get_customer(Transaction& transaction, const catalog::GetCustomer& request);
StockLevel get_stock_level(Transaction& transaction, const catalog::GetStockLevel& request);

Page<Location> list_locations(Transaction& transaction, const catalog::ListLocations& request);
Page<Product> list_products(Transaction& transaction, const catalog::ListProducts& request);
Page<Vendor> list_vendors(Transaction& transaction, const catalog::ListVendors& request);
Page<VendorItem> list_vendor_items(Transaction& transaction,
                                   const catalog::ListVendorItems& request);
Page<Customer> list_customers(Transaction& transaction, const catalog::ListCustomers& request);
Page<StockLevel> list_stock_levels(Transaction& transaction,
                                   const catalog::ListStockLevels& request);
Page<Lot> list_lots(Transaction& transaction, const catalog::ListLots& request);

// Both give back to waiting what can no longer be served, or serve what waits.
Lot lock_lot(Transaction& transaction, const catalog::LockLot& request);
Lot unlock_lot(Transaction& transaction, const catalog::UnlockLot& request);

}  // namespace wharf::domain
