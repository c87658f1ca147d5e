// What an order has beyond what is needed of it, and the exceptions that tell a person of it.
#pragma once

#include <wharf/plugin.hpp>

#include <map>
#include <optional>
#include <string>

#include "model.hpp"

namespace backorder_po {

std::optional<wharf::VendorItem> vendor_item(wharf::Context& context, const VendorCode& vendor,
                                             const Sku& sku);

// The line as it would be bought for what is still needed of it.
Quantity needed_line(const wharf::PurchaseOrderLine& line,
                     const std::optional<wharf::VendorItem>& item);

// `surplus_on_approved` for one product of an order; its quantity and its reason are the caller's.
Exception surplus_of(const wharf::PurchaseOrder& order, const Sku& sku);
bool is_surplus(const Exception& exception);

// Holds such exceptions against their orders as they are now; each order is read once.
class SurplusCheck {
public:
    SurplusCheck(wharf::Context& context, const Settings& settings)
        : context_(context), settings_(settings) {}

    // Whether it still holds; brings its quantity up to date. One of an order that the key does not
    // see stays as it was.
    bool holds(Exception& exception);

private:
    const std::optional<wharf::PurchaseOrder>& order(const DocumentNumber& number);
    Quantity beyond_need(const wharf::PurchaseOrder& order, const Sku& sku);

    wharf::Context& context_;
    const Settings& settings_;
    std::map<DocumentNumber, std::optional<wharf::PurchaseOrder>> orders_;
};

}  // namespace backorder_po
