// What a vendor asks for a product: the vendor item's price, its break read for the whole line.
#pragma once

#include <optional>

#include "host/domain/money_rules.hpp"
#include "host/domain/transaction.hpp"
#include "wharf/model/catalog.hpp"

namespace wharf::domain {

bool valid_on(const VendorItem& item, Date day);

// The price of each unit of a line of this many base units.
Money price_for(const VendorItem& item, Quantity whole_line);

// Nothing when the vendor has no item for the product that is valid today.
std::optional<Money> vendor_price(Transaction& transaction, const VendorCode& vendor,
                                  const Sku& sku, Quantity whole_line);

}  // namespace wharf::domain
