// Reading the catalog inside a transaction. `find_` gives nothing when there is none; `get_`
// refuses with not_found; `usable_` also refuses what is inactive, with the pointer of the field
// that named it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "host/domain/transaction.hpp"
#include "wharf/model/catalog.hpp"

namespace wharf::domain {

std::optional<Location> find_location(Transaction& transaction, const LocationCode& code);
std::optional<Product> find_product(Transaction& transaction, const Sku& sku);
std::optional<Vendor> find_vendor(Transaction& transaction, const VendorCode& code);
std::optional<VendorItem> find_vendor_item(Transaction& transaction, const VendorCode& vendor,
                                           const Sku& sku);
std::optional<Customer> find_customer(Transaction& transaction, const CustomerCode& code);
std::optional<Lot> find_lot(Transaction& transaction, const Sku& sku, const LotCode& code);

// Refuse not_found.
Location get_location(Transaction& transaction, const LocationCode& code);
Product get_product(Transaction& transaction, const Sku& sku);
Vendor get_vendor(Transaction& transaction, const VendorCode& code);
VendorItem get_vendor_item(Transaction& transaction, const VendorCode& vendor, const Sku& sku);
Customer get_customer(Transaction& transaction, const CustomerCode& code);
Lot get_lot(Transaction& transaction, const Sku& sku, const LotCode& code);

// Refuse invalid at `pointer` (`unknown_sku`, `inactive_location`, ...) so that the caller sees the
// field.
Location usable_location(Transaction& transaction, const LocationCode& code,
                         std::string_view pointer);
Product usable_product(Transaction& transaction, const Sku& sku, std::string_view pointer);
Vendor usable_vendor(Transaction& transaction, const VendorCode& code, std::string_view pointer);
Customer usable_customer(Transaction& transaction, const CustomerCode& code,
                         std::string_view pointer);
// A usable location that also holds stock.
Location stocking_location(Transaction& transaction, const LocationCode& code,
                           std::string_view pointer);

// Base units of `quantity` packs of `unit`; the base unit itself has factor 1. Refuses an unknown
// unit.
Quantity in_base_units(const Product& product, Quantity quantity,
                       const std::optional<UnitCode>& unit, std::string_view pointer);

// Refuses a lot where the product has none, and a missing one where each unit belongs to one.
void check_lot_named(const Product& product, const std::optional<LotCode>& lot,
                     std::string_view pointer);

// Finds the lot or makes it; refuses (conflict `lot_differs`) the same code with other dates or
// MRP.
Lot ensure_lot(Transaction& transaction, const Product& product, const LotCode& code,
               std::optional<Date> manufactured_on, std::optional<Date> expires_on,
               std::optional<Money> mrp, std::string_view pointer);

}  // namespace wharf::domain
