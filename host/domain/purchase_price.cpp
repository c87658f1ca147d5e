#include "host/domain/purchase_price.hpp"

#include "host/domain/catalog.hpp"

namespace wharf::domain {

bool valid_on(const VendorItem& item, Date day) {
    return (!item.valid_from || *item.valid_from <= day) &&
           (!item.valid_to || day <= *item.valid_to);
}

Money price_for(const VendorItem& item, Quantity whole_line) {
    Money price = item.price;
    Quantity reached;
    for (const auto& step : item.price_breaks) {
        if (step.from_quantity <= whole_line && step.from_quantity > reached) {
            reached = step.from_quantity;
            price = step.price;
        }
    }
    return price;
}

std::optional<Money> vendor_price(Transaction& transaction, const VendorCode& vendor,
                                  const Sku& sku, Quantity whole_line) {
    const auto item = find_vendor_item(transaction, vendor, sku);
    if (!item || !valid_on(*item, transaction.today())) return std::nullopt;
    return price_for(*item, whole_line);
}

}  // namespace wharf::domain
