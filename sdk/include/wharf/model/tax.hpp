// Goods and Services Tax as figures: who is taxed by whom, in which components, and why.
//
// All amounts are in the document's currency, rounded to its minor unit (the paisa), unless said
// otherwise. Rates are percentages. Acts and rules named here and in `basis`: the CGST Act 2017,
// the IGST Act 2017, the CGST Rules 2017.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wharf/model/catalog.hpp"
#include "wharf/values/defaulted.hpp"
#include "wharf/values/money.hpp"
#include "wharf/values/quantity.hpp"
#include "wharf/values/text.hpp"

namespace wharf {

using Gstin = Text<15, 15>;
using StateCode = Text<2, 2>;  // GST state code; 96 is "other countries"

// The supply types of the e-invoice schema (SupTyp: B2B, SEZWP, SEZWOP, EXPWP, EXPWOP, DEXP).
// Without payment means under bond or letter of undertaking: zero-rated, IGST Act s.16.
enum class SupplyType {
    regular,
    sez_with_payment,
    sez_without_payment,
    export_with_payment,
    export_without_payment,
    deemed_export,
    unknown
};
BOOST_DESCRIBE_ENUM(SupplyType, regular, sez_with_payment, sez_without_payment, export_with_payment,
                    export_without_payment, deemed_export, unknown)

// Between states igst; within one cgst + sgst, in a union territory without legislature
// cgst + utgst. Outside India `tax` alone.
enum class TaxKind { cgst, sgst, utgst, igst, cess, tax, unknown };
BOOST_DESCRIBE_ENUM(TaxKind, cgst, sgst, utgst, igst, cess, tax, unknown)

// What one line bears of a component.
struct TaxShare {
    TaxKind kind = TaxKind::igst;
    Percent rate;  // of this component: half the line's for cgst and sgst
    Money amount;
};
BOOST_DESCRIBE_STRUCT(TaxShare, (), (kind, rate, amount))

// One component of a document at one rate: `amount` is the sum of its lines' shares.
struct TaxComponent {
    TaxKind kind = TaxKind::igst;
    Percent rate;
    Money taxable;
    Money amount;
};
BOOST_DESCRIBE_STRUCT(TaxComponent, (), (kind, rate, taxable, amount))

// One decision and the law behind it: `{"code":"place_ship_to","basis":"IGST Act s.10(1)(a)"}`.
struct TaxReason {
    std::string code;
    std::string detail;
    std::string basis;
};
BOOST_DESCRIBE_STRUCT(TaxReason, (), (code, detail, basis))

// total = taxable + tax + charges after tax + round_off. With reverse charge the components are the
// recipient's debt: they stand in `reverse_charge_tax` and not in `tax`.
struct TaxSummary {
    bool charged = false;  // the supplier collects the tax
    SupplyType supply_type = SupplyType::regular;
    std::optional<StateCode> supplier_state;
    std::optional<StateCode> place_of_supply;
    bool inter_state = false;
    bool reverse_charge = false;
    std::vector<TaxComponent> components;
    Money taxable;
    Money tax;                 // in the total
    Money reverse_charge_tax;  // owed by the recipient to the state; not in the total
    std::vector<TaxReason> reasons;
};
BOOST_DESCRIBE_STRUCT(TaxSummary, (),
                      (charged, supply_type, supplier_state, place_of_supply, inter_state,
                       reverse_charge, components, taxable, tax, reverse_charge_tax, reasons))

// One side of a supply as it stands on paper. `legal_name` is the registered one (of a location of
// ours: the account's name), `trade_name` what the place calls itself.
struct Party {
    std::optional<LocationCode> location;
    std::optional<VendorCode> vendor;
    std::optional<CustomerCode> customer;
    Name legal_name;
    std::optional<Name> trade_name;
    std::optional<Gstin> gstin;
    TaxStatus tax_status = TaxStatus::unregistered;
    std::optional<StateCode> state_code;  // of the GSTIN, else of the address
    std::optional<Address> address;
};
BOOST_DESCRIBE_STRUCT(Party, (),
                      (location, vendor, customer, legal_name, trade_name, gstin, tax_status,
                       state_code, address))

// A party in a request: exactly one of the three codes, or everything by hand. With a code the
// name, GSTIN, tax status and address come from the catalog; `address` replaces the catalog's (a
// customer has several; without it the first counts).
struct NewParty {
    std::optional<Name> legal_name;
    std::optional<Name> trade_name;
    std::optional<Gstin> gstin;
    Defaulted<TaxStatus> tax_status = TaxStatus::unregistered;
    std::optional<Address> address;
};
BOOST_DESCRIBE_STRUCT(NewParty, (), (legal_name, trade_name, gstin, tax_status, address))
struct PartyReference {
    std::optional<LocationCode> location;
    std::optional<VendorCode> vendor;
    std::optional<CustomerCode> customer;
    std::optional<NewParty> party;
    std::optional<Address> address;
};
BOOST_DESCRIBE_STRUCT(PartyReference, (), (location, vendor, customer, party, address))

// Freight, packing, insurance. `before_tax` is part of the value of the supply (CGST Act
// s.15(2)(c)): it is shared over the lines by value and taxed with them. Else it is added behind.
struct Charge {
    Name name;
    Money amount;
    Defaulted<bool> before_tax = true;
};
BOOST_DESCRIBE_STRUCT(Charge, (), (name, amount, before_tax))

}  // namespace wharf
