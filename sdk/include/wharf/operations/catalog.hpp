// Catalog operations. A PUT replaces the whole entry and makes it when it is not there; a code that
// was ever used is never given to something else.
#pragma once

#include "wharf/model/catalog.hpp"
#include "wharf/operation.hpp"

namespace wharf::catalog {

struct PutLocation {
    using Reply = Location;
    static constexpr OperationInfo kOperation{"catalog.put_location", Access::write,
                                              "catalog.write", "PUT /locations/{code}",
                                              "Make or replace a location"};
    LocationCode code;
    Name name;
    LocationKind kind = LocationKind::warehouse;
    Defaulted<bool> holds_stock = true;
    std::optional<Address> address;
    std::optional<Text<15, 15>> gstin;
    Defaulted<BinCode> default_bin = BinCode("DEFAULT");
    Defaulted<bool> active = true;
};
BOOST_DESCRIBE_STRUCT(PutLocation, (),
                      (code, name, kind, holds_stock, address, gstin, default_bin, active))

struct PutProduct {
    using Reply = Product;
    static constexpr OperationInfo kOperation{"catalog.put_product", Access::write, "catalog.write",
                                              "PUT /products/{sku}", "Make or replace a product"};
    Sku sku;
    Name name;
    std::optional<Text<8, 14>> gtin;
    Defaulted<Tracking> tracking = Tracking::none;
    Defaulted<bool> expiry_required = false;
    Defaulted<bool> manufactured_required = false;
    std::optional<Text<4, 8>> hsn;
    Defaulted<Taxability> taxability = Taxability::taxable;
    Defaulted<Percent> tax_rate;
    Defaulted<Percent> cess;
    std::optional<Money> mrp;
    Defaulted<UnitCode> base_unit = UnitCode("each");
    Defaulted<std::vector<Pack>> packs;
    Defaulted<bool> active = true;
    Defaulted<bool> discontinued = false;
};
BOOST_DESCRIBE_STRUCT(PutProduct, (),
                      (sku, name, gtin, tracking, expiry_required, manufactured_required, hsn,
                       taxability, tax_rate, cess, mrp, base_unit, packs, active, discontinued))

struct PutVendor {
    using Reply = Vendor;
    static constexpr OperationInfo kOperation{"catalog.put_vendor", Access::write, "catalog.write",
                                              "PUT /vendors/{code}", "Make or replace a vendor"};
    VendorCode code;
    Name name;
    std::optional<Text<15, 15>> gstin;
    Defaulted<TaxStatus> tax_status = TaxStatus::unregistered;
    std::optional<Text<2, 2>> state_code;
    Defaulted<std::int32_t> lead_time_days = 0;
    std::optional<Text<3, 3>> currency;  // default: the account's
    std::optional<Note> terms;
    Defaulted<bool> hold = false;
    Defaulted<bool> active = true;
    Defaulted<VendorChannel> channel = VendorChannel::manual;
    std::optional<AccountCode> account;
    std::optional<Address> address;
};
BOOST_DESCRIBE_STRUCT(PutVendor, (),
                      (code, name, gstin, tax_status, state_code, lead_time_days, currency, terms,
                       hold, active, channel, account, address))

struct PutVendorItem {
    using Reply = VendorItem;
    static constexpr OperationInfo kOperation{"catalog.put_vendor_item", Access::write,
                                              "catalog.write", "PUT /vendor-items/{vendor}/{sku}",
                                              "Make or replace what a vendor sells a product for"};
    VendorCode vendor;
    Sku sku;
    std::optional<Text<1, 64>> vendor_sku;
    Money price;
    Defaulted<std::vector<PriceBreak>> price_breaks;
    Defaulted<Count> minimum_quantity;
    Defaulted<Quantity> multiple = Quantity(1);
    std::optional<Quantity> maximum_quantity;
    std::optional<std::int32_t> lead_time_days;
    Defaulted<std::int32_t> priority = 100;
    std::optional<Date> valid_from;
    std::optional<Date> valid_to;
};
BOOST_DESCRIBE_STRUCT(PutVendorItem, (),
                      (vendor, sku, vendor_sku, price, price_breaks, minimum_quantity, multiple,
                       maximum_quantity, lead_time_days, priority, valid_from, valid_to))

struct PutCustomer {
    using Reply = Customer;
    static constexpr OperationInfo kOperation{"catalog.put_customer", Access::write,
                                              "catalog.write", "PUT /customers/{code}",
                                              "Make or replace a customer"};
    CustomerCode code;
    Name name;
    Defaulted<CustomerKind> kind = CustomerKind::consumer;
    std::optional<Text<15, 15>> gstin;
    Defaulted<std::vector<Address>> addresses;
    std::optional<Text<1, 64>> group;
    std::optional<Text<1, 64>> price_list;
    std::optional<Money> credit_limit;
    std::optional<Note> terms;
    Defaulted<bool> active = true;
};
BOOST_DESCRIBE_STRUCT(PutCustomer, (),
                      (code, name, kind, gstin, addresses, group, price_list, credit_limit, terms,
                       active))

struct PutStockLevel {
    using Reply = StockLevel;
    static constexpr OperationInfo kOperation{
        "catalog.put_stock_level", Access::write, "catalog.write",
        "PUT /stock-levels/{location}/{sku}",
        "Say what low stock means for a product at a location"};
    LocationCode location;
    Sku sku;
    Count minimum;
    Count maximum;
};
BOOST_DESCRIBE_STRUCT(PutStockLevel, (), (location, sku, minimum, maximum))

struct GetLocation {
    using Reply = Location;
    static constexpr OperationInfo kOperation{"catalog.get_location", Access::read, "catalog.read",
                                              "GET /locations/{code}", "One location"};
    LocationCode code;
};
BOOST_DESCRIBE_STRUCT(GetLocation, (), (code))

struct GetProduct {
    using Reply = Product;
    static constexpr OperationInfo kOperation{"catalog.get_product", Access::read, "catalog.read",
                                              "GET /products/{sku}", "One product"};
    Sku sku;
};
BOOST_DESCRIBE_STRUCT(GetProduct, (), (sku))

struct GetVendor {
    using Reply = Vendor;
    static constexpr OperationInfo kOperation{"catalog.get_vendor", Access::read, "catalog.read",
                                              "GET /vendors/{code}", "One vendor"};
    VendorCode code;
};
BOOST_DESCRIBE_STRUCT(GetVendor, (), (code))

struct GetVendorItem {
    using Reply = VendorItem;
    static constexpr OperationInfo kOperation{"catalog.get_vendor_item", Access::read,
                                              "catalog.read", "GET /vendor-items/{vendor}/{sku}",
                                              "What one vendor sells one product for"};
    VendorCode vendor;
    Sku sku;
};
BOOST_DESCRIBE_STRUCT(GetVendorItem, (), (vendor, sku))

struct GetCustomer {
    using Reply = Customer;
    static constexpr OperationInfo kOperation{"catalog.get_customer", Access::read, "catalog.read",
                                              "GET /customers/{code}", "One customer"};
    CustomerCode code;
};
BOOST_DESCRIBE_STRUCT(GetCustomer, (), (code))

struct GetStockLevel {
    using Reply = StockLevel;
    static constexpr OperationInfo kOperation{"catalog.get_stock_level", Access::read,
                                              "catalog.read", "GET /stock-levels/{location}/{sku}",
                                              "What low stock means for a product at a location"};
    LocationCode location;
    Sku sku;
};
BOOST_DESCRIBE_STRUCT(GetStockLevel, (), (location, sku))

struct ListLocations {
    using Reply = Page<Location>;
    static constexpr OperationInfo kOperation{"catalog.list_locations", Access::read,
                                              "catalog.read", "GET /locations",
                                              "Locations, by code"};
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListLocations, (), (limit, after))

struct ListProducts {
    using Reply = Page<Product>;
    static constexpr OperationInfo kOperation{"catalog.list_products", Access::read, "catalog.read",
                                              "GET /products", "Products, by sku"};
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListProducts, (), (limit, after))

struct ListVendors {
    using Reply = Page<Vendor>;
    static constexpr OperationInfo kOperation{"catalog.list_vendors", Access::read, "catalog.read",
                                              "GET /vendors", "Vendors, by code"};
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListVendors, (), (limit, after))

struct ListVendorItems {
    using Reply = Page<VendorItem>;
    static constexpr OperationInfo kOperation{"catalog.list_vendor_items", Access::read,
                                              "catalog.read", "GET /vendor-items",
                                              "Vendor items, by vendor and sku"};
    std::optional<VendorCode> vendor;
    std::optional<Sku> sku;
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListVendorItems, (), (vendor, sku, limit, after))

struct ListCustomers {
    using Reply = Page<Customer>;
    static constexpr OperationInfo kOperation{"catalog.list_customers", Access::read,
                                              "catalog.read", "GET /customers",
                                              "Customers, by code"};
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListCustomers, (), (limit, after))

struct ListStockLevels {
    using Reply = Page<StockLevel>;
    static constexpr OperationInfo kOperation{"catalog.list_stock_levels", Access::read,
                                              "catalog.read", "GET /stock-levels",
                                              "Stock levels, by location and sku"};
    std::optional<LocationCode> location;
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListStockLevels, (), (location, limit, after))

struct ListLots {
    using Reply = Page<Lot>;
    static constexpr OperationInfo kOperation{"catalog.list_lots", Access::read, "catalog.read",
                                              "GET /lots", "Lots, by sku and code"};
    std::optional<Sku> sku;
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListLots, (), (sku, limit, after))

// A locked lot is not available; what was reserved from it goes back to waiting.
struct LockLot {
    using Reply = Lot;
    static constexpr OperationInfo kOperation{"catalog.lock_lot", Access::write, "inventory.write",
                                              "POST /lots/{sku}/{lot}/lock", "Lock a lot"};
    Sku sku;
    LotCode lot;
    std::optional<Reason> reason;
};
BOOST_DESCRIBE_STRUCT(LockLot, (), (sku, lot, reason))

struct UnlockLot {
    using Reply = Lot;
    static constexpr OperationInfo kOperation{"catalog.unlock_lot", Access::write,
                                              "inventory.write", "POST /lots/{sku}/{lot}/unlock",
                                              "Unlock a lot"};
    Sku sku;
    LotCode lot;
    std::optional<Reason> reason;
};
BOOST_DESCRIBE_STRUCT(UnlockLot, (), (sku, lot, reason))

}  // namespace wharf::catalog
