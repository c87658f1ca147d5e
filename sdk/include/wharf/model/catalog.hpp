// What an account knows before any goods move: locations, products, lots, vendors and their items,
// customers, stock levels.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wharf/values/defaulted.hpp"
#include "wharf/values/money.hpp"
#include "wharf/values/quantity.hpp"
#include "wharf/values/text.hpp"
#include "wharf/values/time.hpp"

namespace wharf {

struct Address {
    std::optional<Name> name;
    std::optional<Name> line1;
    std::optional<Name> line2;
    std::optional<Name> city;
    std::optional<Text<2, 2>> state_code;  // GST state code, two digits, in India
    std::optional<Text<1, 16>> postal_code;
    std::optional<Text<2, 2>> country;
    std::optional<Text<1, 32>> phone;
    std::optional<Text<1, 254>> email;
};
BOOST_DESCRIBE_STRUCT(Address, (),
                      (name, line1, line2, city, state_code, postal_code, country, phone, email))

enum class LocationKind { warehouse, store, unknown };
BOOST_DESCRIBE_ENUM(LocationKind, warehouse, store, unknown)

struct Location {
    LocationCode code;
    Name name;
    LocationKind kind = LocationKind::warehouse;
    bool holds_stock = true;
    std::optional<Address> address;
    std::optional<Text<15, 15>> gstin;
    BinCode default_bin;
    bool active = true;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Location, (),
                      (code, name, kind, holds_stock, address, gstin, default_bin, active, version))

enum class Tracking { none, lot, serial, unknown };
BOOST_DESCRIBE_ENUM(Tracking, none, lot, serial, unknown)

enum class Taxability { taxable, exempt, nil, non_gst, unknown };
BOOST_DESCRIBE_ENUM(Taxability, taxable, exempt, nil, non_gst, unknown)

// A pack of several base units, with its own barcode.
struct Pack {
    UnitCode unit;
    Quantity factor;  // base units in one pack
    std::optional<Text<8, 14>> gtin;
};
BOOST_DESCRIBE_STRUCT(Pack, (), (unit, factor, gtin))

struct Product {
    Sku sku;
    Name name;
    std::optional<Text<8, 14>> gtin;
    Tracking tracking = Tracking::none;
    bool expiry_required = false;
    bool manufactured_required = false;
    std::optional<Text<4, 8>> hsn;
    Taxability taxability = Taxability::taxable;
    Percent tax_rate;
    Percent cess;
    std::optional<Money> mrp;
    UnitCode base_unit;
    std::vector<Pack> packs;
    bool active = true;
    bool discontinued = false;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Product, (),
                      (sku, name, gtin, tracking, expiry_required, manufactured_required, hsn,
                       taxability, tax_rate, cess, mrp, base_unit, packs, active, discontinued,
                       version))

struct Lot {
    Sku sku;
    LotCode code;
    std::optional<Date> manufactured_on;
    std::optional<Date> expires_on;
    std::optional<Money> mrp;
    bool locked = false;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Lot, (), (sku, code, manufactured_on, expires_on, mrp, locked, version))

enum class TaxStatus { regular, composition, unregistered, overseas, unknown };
BOOST_DESCRIBE_ENUM(TaxStatus, regular, composition, unregistered, overseas, unknown)

// How a vendor is reached: by hand, through the portal, or in an account of its own here.
enum class VendorChannel { manual, portal, account, unknown };
BOOST_DESCRIBE_ENUM(VendorChannel, manual, portal, account, unknown)

struct Vendor {
    VendorCode code;
    Name name;
    std::optional<Text<15, 15>> gstin;
    TaxStatus tax_status = TaxStatus::unregistered;
    std::optional<Text<2, 2>> state_code;
    std::int32_t lead_time_days = 0;
    Text<3, 3> currency;
    std::optional<Note> terms;
    bool hold = false;
    bool active = true;
    VendorChannel channel = VendorChannel::manual;
    std::optional<AccountCode> account;  // with channel `account`
    std::optional<Address> address;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Vendor, (),
                      (code, name, gstin, tax_status, state_code, lead_time_days, currency, terms,
                       hold, active, channel, account, address, version))

struct PriceBreak {
    Quantity from_quantity;  // base units of the whole line
    Money price;             // per base unit
};
BOOST_DESCRIBE_STRUCT(PriceBreak, (), (from_quantity, price))

// What a vendor sells a product for. Quantities are base units.
struct VendorItem {
    VendorCode vendor;
    Sku sku;
    std::optional<Text<1, 64>> vendor_sku;
    Money price;
    std::vector<PriceBreak> price_breaks;
    Count minimum_quantity;
    Quantity multiple{1};
    std::optional<Quantity> maximum_quantity;
    std::optional<std::int32_t> lead_time_days;
    std::int32_t priority = 100;  // the lower goes first
    std::optional<Date> valid_from;
    std::optional<Date> valid_to;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(VendorItem, (),
                      (vendor, sku, vendor_sku, price, price_breaks, minimum_quantity, multiple,
                       maximum_quantity, lead_time_days, priority, valid_from, valid_to, version))

enum class CustomerKind { consumer, business, unknown };
BOOST_DESCRIBE_ENUM(CustomerKind, consumer, business, unknown)

struct Customer {
    CustomerCode code;
    Name name;
    CustomerKind kind = CustomerKind::consumer;
    std::optional<Text<15, 15>> gstin;
    std::vector<Address> addresses;
    std::optional<Text<1, 64>> group;
    std::optional<Text<1, 64>> price_list;
    std::optional<Money> credit_limit;  // absent: unchecked
    std::optional<Note> terms;
    bool active = true;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(Customer, (),
                      (code, name, kind, gstin, addresses, group, price_list, credit_limit, terms,
                       active, version))

// What low stock means for a product at a location.
struct StockLevel {
    LocationCode location;
    Sku sku;
    Count minimum;
    Count maximum;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(StockLevel, (), (location, sku, minimum, maximum, version))

}  // namespace wharf
