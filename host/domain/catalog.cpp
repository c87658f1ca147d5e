#include "host/domain/catalog.hpp"

#include "host/domain/catalog_rows.hpp"

namespace wharf::domain {
namespace {

template <class T>
T there(std::optional<T> found, std::string_view what, std::string_view code) {
    if (!found) throw Refusal::not_found(what, code);
    return std::move(*found);
}

template <class T>
T usable(std::optional<T> found, std::string_view what, std::string_view code,
         std::string_view pointer) {
    if (!found) {
        throw Refusal::invalid(
            std::string(pointer), "unknown_" + std::string(what),
            "there is no " + std::string(what) + " \"" + std::string(code) + "\"");
    }
    if (!found->active) {
        throw Refusal::invalid(
            std::string(pointer), "inactive_" + std::string(what),
            "the " + std::string(what) + " \"" + std::string(code) + "\" is not active");
    }
    return std::move(*found);
}

}  // namespace

std::optional<Location> find_location(Transaction& transaction, const LocationCode& code) {
    if (!transaction.actor().sees(code)) return std::nullopt;
    return find_row<Location>(transaction.session(), {{"code", code}});
}

std::optional<Product> find_product(Transaction& transaction, const Sku& sku) {
    return find_row<Product>(transaction.session(), {{"sku", sku}});
}

std::optional<Vendor> find_vendor(Transaction& transaction, const VendorCode& code) {
    if (!transaction.actor().sees(code)) return std::nullopt;
    return find_row<Vendor>(transaction.session(), {{"code", code}});
}

std::optional<VendorItem> find_vendor_item(Transaction& transaction, const VendorCode& vendor,
                                           const Sku& sku) {
    if (!transaction.actor().sees(vendor)) return std::nullopt;
    return find_row<VendorItem>(transaction.session(), {{"vendor", vendor}, {"sku", sku}});
}

std::optional<Customer> find_customer(Transaction& transaction, const CustomerCode& code) {
    return find_row<Customer>(transaction.session(), {{"code", code}});
}

std::optional<Lot> find_lot(Transaction& transaction, const Sku& sku, const LotCode& code) {
    return find_row<Lot>(transaction.session(), {{"sku", sku}, {"code", code}});
}

Location get_location(Transaction& transaction, const LocationCode& code) {
    return there(find_location(transaction, code), "location", code.view());
}

Product get_product(Transaction& transaction, const Sku& sku) {
    return there(find_product(transaction, sku), "product", sku.view());
}

Vendor get_vendor(Transaction& transaction, const VendorCode& code) {
    return there(find_vendor(transaction, code), "vendor", code.view());
}

VendorItem get_vendor_item(Transaction& transaction, const VendorCode& vendor, const Sku& sku) {
    return there(find_vendor_item(transaction, vendor, sku), "vendor item",
                 vendor.text() + "/" + sku.text());
}

Customer get_customer(Transaction& transaction, const CustomerCode& code) {
    return there(find_customer(transaction, code), "customer", code.view());
}

Lot get_lot(Transaction& transaction, const Sku& sku, const LotCode& code) {
    return there(find_lot(transaction, sku, code), "lot", code.view());
}

Location usable_location(Transaction& transaction, const LocationCode& code,
                         std::string_view pointer) {
    return usable(find_location(transaction, code), "location", code.view(), pointer);
}

Location stocking_location(Transaction& transaction, const LocationCode& code,
                           std::string_view pointer) {
    auto location = usable_location(transaction, code, pointer);
    if (!location.holds_stock) {
        throw Refusal::invalid(std::string(pointer), "holds_no_stock",
                               "the location \"" + code.text() + "\" holds no stock");
    }
    return location;
}

Product usable_product(Transaction& transaction, const Sku& sku, std::string_view pointer) {
    return usable(find_product(transaction, sku), "sku", sku.view(), pointer);
}

Vendor usable_vendor(Transaction& transaction, const VendorCode& code, std::string_view pointer) {
    return usable(find_vendor(transaction, code), "vendor", code.view(), pointer);
}

Customer usable_customer(Transaction& transaction, const CustomerCode& code,
                         std::string_view pointer) {
    return usable(find_customer(transaction, code), "customer", code.view(), pointer);
}

Quantity in_base_units(const Product& product, Quantity quantity,
                       const std::optional<UnitCode>& unit, std::string_view pointer) {
    if (!unit || *unit == product.base_unit) return quantity;
    for (const auto& pack : product.packs) {
        if (pack.unit != *unit) continue;
        const auto units = quantity * pack.factor.raw();
        if (units.raw() <= kQuantityMax) return units;
        throw Refusal::invalid(std::string(pointer), "quantity_out_of_range",
                               "that many packs pass what one line can count");
    }
    throw Refusal::invalid(std::string(pointer), "unknown_unit",
                           "\"" + product.sku.text() + "\" has no unit \"" + unit->text() + "\"");
}

void check_lot_named(const Product& product, const std::optional<LotCode>& lot,
                     std::string_view pointer) {
    if (lot && product.tracking == Tracking::none) {
        throw Refusal::invalid(std::string(pointer), "lot_not_tracked",
                               "\"" + product.sku.text() + "\" is not tracked by lot");
    }
    if (!lot && product.tracking == Tracking::lot) {
        throw Refusal::invalid(std::string(pointer), "lot_required",
                               "\"" + product.sku.text() + "\" is tracked by lot");
    }
}

namespace {

Lot make_lot(Transaction& transaction, const Product& product, Lot lot, std::string_view pointer) {
    // The dates stand beside the lot's code.
    auto refuse = [&](std::string_view field, std::string code, std::string detail) {
        std::string beside(pointer.substr(0, pointer.rfind('/') + 1));
        throw Refusal::invalid(beside.append(field), std::move(code), std::move(detail));
    };
    if (product.expiry_required && !lot.expires_on) {
        refuse("expires_on", "expires_on_required",
               "a new lot of this product needs the date it expires on");
    }
    if (product.manufactured_required && !lot.manufactured_on) {
        refuse("manufactured_on", "manufactured_on_required",
               "a new lot of this product needs its date of manufacture");
    }
    if (lot.expires_on && lot.manufactured_on && *lot.expires_on < *lot.manufactured_on) {
        refuse("expires_on", "expires_before_manufacture", "the lot expires before it was made");
    }
    insert_row(transaction.session(), lot);
    return lot;
}

}  // namespace

Lot ensure_lot(Transaction& transaction, const Product& product, const LotCode& code,
               std::optional<Date> manufactured_on, std::optional<Date> expires_on,
               std::optional<Money> mrp, std::string_view pointer) {
    check_lot_named(product, code, pointer);
    auto found = find_lot(transaction, product.sku, code);
    if (!found) {
        Lot lot;
        lot.sku = product.sku;
        lot.code = code;
        lot.manufactured_on = manufactured_on;
        lot.expires_on = expires_on;
        lot.mrp = mrp;
        return make_lot(transaction, product, std::move(lot), pointer);
    }
    auto differs = [](const auto& given, const auto& kept) { return given && given != kept; };
    if (differs(manufactured_on, found->manufactured_on) ||
        differs(expires_on, found->expires_on) || differs(mrp, found->mrp)) {
        throw Refusal::conflict("lot_differs", "the lot \"" + code.text() + "\" of \"" +
                                                   product.sku.text() +
                                                   "\" is known with other dates or another MRP");
    }
    return *found;
}

}  // namespace wharf::domain
