// Which table each entry of the catalog is a row of.
#pragma once

#include "host/domain/rows.hpp"
#include "wharf/model/catalog.hpp"

namespace wharf::domain {

template <>
struct Stored<Location> : StoredIn<"location", "code"> {};
template <>
struct Stored<Product> : StoredIn<"product", "sku"> {};
template <>
struct Stored<Lot> : StoredIn<"lot", "sku", "code"> {};
template <>
struct Stored<Vendor> : StoredIn<"vendor", "code"> {};
template <>
struct Stored<VendorItem> : StoredIn<"vendor_item", "vendor", "sku"> {};
template <>
struct Stored<Customer> : StoredIn<"customer", "code"> {};
template <>
struct Stored<StockLevel> : StoredIn<"stock_level", "location", "sku"> {};

}  // namespace wharf::domain
