// Working tax out, without making anything.
#pragma once

#include "wharf/model/documents.hpp"
#include "wharf/operation.hpp"

namespace wharf::tax {

// A line to be taxed: quantity x unit_price - discount. With a sku, what is left out comes from the
// product; without one the line is taxable at `tax_rate`.
struct NewLine {
    std::optional<Sku> sku;
    Defaulted<Quantity> quantity = Quantity(1);  // base units
    Money unit_price;                            // up to 6 decimals; not negative
    Defaulted<Money> discount;                   // of the whole line; at most its value
    std::optional<Percent> tax_rate;
    std::optional<Percent> cess;
    std::optional<Taxability> taxability;
};
BOOST_DESCRIBE_STRUCT(NewLine, (),
                      (sku, quantity, unit_price, discount, tax_rate, cess, taxability))

struct Line {
    std::int32_t line = 0;  // from 1, in the order of the request
    Money amount;           // quantity x unit_price - discount
    Money charges;          // its share of the charges before tax
    Money taxable;          // amount + charges, without the tax that they include
    std::vector<TaxShare> tax;
    Money total;  // taxable + the shares that the supplier charges
};
BOOST_DESCRIBE_STRUCT(Line, (), (line, amount, charges, taxable, tax, total))

struct Assessment {
    DocumentKind kind = DocumentKind::tax_invoice;  // or bill_of_supply
    Party supplier;
    Party recipient;
    std::optional<Party> ship_to;
    TaxSummary tax;
    std::vector<Line> lines;
    Money charges_after_tax;
    Money round_off;
    Money total;
};
BOOST_DESCRIBE_STRUCT(Assessment, (),
                      (kind, supplier, recipient, ship_to, tax, lines, charges_after_tax, round_off,
                       total))

// What a supply between two parties is taxed with. Refuses (invalid, each with its pointer) a GSTIN
// that is none, two parties with the same GSTIN (`same_gstin`), a party without a state, a discount
// beyond the line's value, a negative charge.
//
//   context.tax().assess({.supplier = {.vendor = v}, .recipient = {.location = to}, .lines =
//   lines})
//
// Place of supply: the ship-to's state (IGST Act s.10(1)(a)); the state of the bill-to's GSTIN when
// the ship-to is a third party (s.10(1)(b)); 96 for exports (s.11); a given one is kept.
// Rounding: each component once per rate on the document's taxable value, half up to the paisa
// (CGST Act s.170 has the rupee for returns; invoices keep paise), shared over the lines by largest
// remainder, the first line first.
struct Assess {
    using Reply = Assessment;
    static constexpr OperationInfo kOperation{
        "tax.assess", Access::read, "documents.read", {}, "What a supply is taxed with"};
    PartyReference supplier;
    PartyReference recipient;               // the bill-to
    std::optional<PartyReference> ship_to;  // default: the recipient's place
    // Goods go to a third party on the recipient's behalf. Default: the ship-to is another vendor
    // or customer, or has another GSTIN than the recipient.
    std::optional<bool> ship_to_third_party;
    std::optional<StateCode> place_of_supply;
    Defaulted<SupplyType> supply_type = SupplyType::regular;
    Defaulted<bool> reverse_charge = false;
    Defaulted<bool> prices_include_tax = false;
    Defaulted<bool> round_to_rupee = false;  // the total, with the difference as round_off
    std::optional<Text<3, 3>> currency;      // default: the account's
    std::vector<NewLine> lines;
    Defaulted<std::vector<Charge>> charges;
};
BOOST_DESCRIBE_STRUCT(Assess, (),
                      (supplier, recipient, ship_to, ship_to_third_party, place_of_supply,
                       supply_type, reverse_charge, prices_include_tax, round_to_rupee, currency,
                       lines, charges))

// Which document goods that move between two of the account's own locations travel under.
struct TransferDocument {
    DocumentKind kind = DocumentKind::delivery_challan;
    bool inter_state = false;
    std::vector<TaxReason> reasons;
};
BOOST_DESCRIBE_STRUCT(TransferDocument, (), (kind, inter_state, reasons))

// purpose `transfer`: the same GSTIN, or neither registered: a delivery challan without tax.
// Another GSTIN of the same PAN: distinct persons (CGST Act s.25(4)), a supply even without
// consideration (Schedule I, 2): a tax invoice. Only one registered (`one_side_registered`), or
// another PAN
// (`other_pan`): refused as a conflict. purpose `job_work`: a challan in any case (s.143).
struct ForTransfer {
    using Reply = TransferDocument;
    static constexpr OperationInfo kOperation{"tax.for_transfer",
                                              Access::read,
                                              "documents.read",
                                              {},
                                              "Which document a transfer travels under, and why"};
    LocationCode from;
    LocationCode to;
    Defaulted<DocumentPurpose> purpose = DocumentPurpose::transfer;
};
BOOST_DESCRIBE_STRUCT(ForTransfer, (), (from, to, purpose))

}  // namespace wharf::tax
