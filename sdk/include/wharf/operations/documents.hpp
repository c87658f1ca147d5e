// Issuing documents, adding to them, and their renderings.
#pragma once

#include "wharf/file.hpp"
#include "wharf/model/documents.hpp"
#include "wharf/operation.hpp"

namespace wharf::documents {

// With a sku, what is left out comes from the product.
struct NewLine {
    std::optional<std::int32_t> source_line;
    // Notes: the line of the original invoice; sku, price and rates are that line's then.
    std::optional<std::int32_t> original_line;
    std::optional<Sku> sku;  // required but for notes
    std::optional<Name> description;
    std::optional<Quantity> quantity;  // base units; required but for notes by value
    std::optional<LotCode> lot;
    Defaulted<std::vector<Serial>> serials;
    std::optional<Money> unit_price;  // required but for notes
    Defaulted<Money> discount;
    // Notes: credit this taxable value instead of a quantity (a price agreed later). A line is
    // credited by quantity or by value, never by both.
    std::optional<Money> taxable;
    std::optional<Percent> tax_rate;
    std::optional<Percent> cess;
    std::optional<Taxability> taxability;
};
BOOST_DESCRIBE_STRUCT(NewLine, (),
                      (source_line, original_line, sku, description, quantity, lot, serials,
                       unit_price, discount, taxable, tax_rate, cess, taxability))

// Gives a document its number and keeps it, in the caller's unit of work: a transfer that is rolled
// back leaves no hole. The same reference with the same content gives the first document back.
//
// `tax_invoice` stands for the supplier's invoice: it becomes a `bill_of_supply` when the supplier
// is not `regular` or no line is taxable (CGST Act s.31(3)(c)), which the reply's kind says.
//
// Refused (invalid): what tax.assess refuses, invoices between the same GSTIN (`same_gstin`)
// included; a bill of supply for taxable goods of a regular supplier (`taxable_goods`); a date
// after today or before the last number of the series (`out_of_order`); a note without an original.
// Refused (conflict): the original is void or itself a note; a credit of more than is left of a
// line
// (`over_credited`).
//
// A challan bears no tax (Rule 55 asks for it only where the goods are supplied by it); its lines'
// values count for the e-way bill.
struct Issue {
    using Reply = IssuedDocument;
    static constexpr OperationInfo kOperation{"documents.issue",  Access::write,
                                              "documents.write",  "POST /documents",
                                              "Issue a document", 201};
    DocumentKind kind = DocumentKind::delivery_challan;
    Defaulted<DocumentPurpose> purpose = DocumentPurpose::other;
    std::optional<Reference> reference;
    DocumentSource source;
    std::optional<DocumentNumber> original;  // notes: number or id of the invoice
    std::optional<Date> issued_on;           // default: today
    // Required but for notes, which take them from their original.
    std::optional<PartyReference> supplier;
    std::optional<PartyReference> recipient;
    std::optional<PartyReference> dispatch_from;
    std::optional<PartyReference> ship_to;
    std::optional<bool> ship_to_third_party;
    std::optional<StateCode> place_of_supply;
    Defaulted<SupplyType> supply_type = SupplyType::regular;
    Defaulted<bool> reverse_charge = false;
    Defaulted<bool> prices_include_tax = false;
    Defaulted<bool> round_to_rupee = false;
    std::vector<NewLine> lines;
    Defaulted<std::vector<Charge>> charges;
    std::optional<Transport> transport;
    std::optional<Note> note;
    std::optional<Reason> reason;
    std::optional<RawJson> explanation;  // kept with the document; plugins only
};
BOOST_DESCRIBE_STRUCT(Issue, (),
                      (kind, purpose, reference, source, original, issued_on, supplier, recipient,
                       dispatch_from, ship_to, ship_to_third_party, place_of_supply, supply_type,
                       reverse_charge, prices_include_tax, round_to_rupee, lines, charges,
                       transport, note, reason, explanation))

// `id` is the document's id or its number (percent-encoded in a path).
struct Get {
    using Reply = IssuedDocument;
    static constexpr OperationInfo kOperation{"documents.get", Access::read, "documents.read",
                                              "GET /documents/{id}", "One issued document"};
    DocumentNumber id;
};
BOOST_DESCRIBE_STRUCT(Get, (), (id))

// A page ends before its documents have more than 10,000 lines together, however many it was asked
// for; `next` goes on from there. Without `lines` they are left out.
struct List {
    using Reply = Page<IssuedDocument>;
    static constexpr OperationInfo kOperation{"documents.list", Access::read, "documents.read",
                                              "GET /documents",
                                              "Issued documents, in the order of issue"};
    std::optional<DocumentKind> kind;
    std::optional<DocumentStatus> status;
    std::optional<Name> source_kind;
    std::optional<DocumentNumber> source_number;
    std::optional<DocumentNumber> original;  // the notes of an invoice
    std::optional<Date> from;                // issued on or after
    std::optional<Date> until;               // issued on or before
    Defaulted<bool> lines = true;            // false: headers and sums only
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(List, (),
                      (kind, status, source_kind, source_number, original, from, until, lines,
                       limit, after))

// The number stays taken. Refused (conflict): it is void already; a note refers to it; it was
// reported: an invoice, bill or note of a calendar month before this one is corrected with a note
// (GSTR-1 of the month is due), and one with an IRN is cancelled at the portal first, within 24
// hours.
struct Void {
    using Reply = IssuedDocument;
    static constexpr OperationInfo kOperation{"documents.void", Access::write, "documents.write",
                                              "POST /documents/{id}/void", "Void a document"};
    DocumentNumber id;
    Reason reason;
};
BOOST_DESCRIBE_STRUCT(Void, (), (id, reason))

// What is known only when goods leave: fields that are given replace those that were.
struct SetTransport {
    using Reply = IssuedDocument;
    static constexpr OperationInfo kOperation{"documents.set_transport", Access::write,
                                              "documents.write", "POST /documents/{id}/transport",
                                              "Say how the goods travel"};
    DocumentNumber id;
    Transport transport;
};
BOOST_DESCRIBE_STRUCT(SetTransport, (), (id, transport))

// Keeps what the invoice registration portal answered. Once; the same again changes nothing.
struct SetRegistration {
    using Reply = IssuedDocument;
    static constexpr OperationInfo kOperation{
        "documents.set_registration", Access::write, "documents.write",
        "POST /documents/{id}/registration", "Keep the invoice reference number"};
    DocumentNumber id;
    InvoiceRegistration registration;
};
BOOST_DESCRIBE_STRUCT(SetRegistration, (), (id, registration))

// The printable document. A challan comes in three marked copies (Rule 55(2)): original for
// consignee, duplicate for transporter, triplicate for consigner. Void documents say so on each
// page. The same document gives the same bytes.
struct Pdf {
    using Reply = PdfFile;
    static constexpr OperationInfo kOperation{"documents.pdf", Access::read, "documents.read",
                                              "GET /documents/{id}/pdf", "The printable document"};
    DocumentNumber id;
};
BOOST_DESCRIBE_STRUCT(Pdf, (), (id))

// The e-invoice's JSON, INV-01 version 1.1. Refused (conflict `no_e_invoice`) for challans and
// bills of supply; (conflict `incomplete`, each with its pointer into the document) when a party
// lacks what the schema demands.
struct Inv01 {
    using Reply = JsonFile;
    static constexpr OperationInfo kOperation{"documents.inv_01", Access::read, "documents.read",
                                              "GET /documents/{id}/inv-01",
                                              "The e-invoice's JSON, INV-01 1.1"};
    DocumentNumber id;
};
BOOST_DESCRIBE_STRUCT(Inv01, (), (id))

enum class EWayDirection { outward, inward, unknown };
BOOST_DESCRIBE_ENUM(EWayDirection, outward, inward, unknown)

// The JSON to generate an e-way bill with. Document type, sub-supply type and direction are derived
// from kind, purpose and parties; what is given here wins. Given whether or not a bill is required
// (see `e_way_bill` of the document). Refused (conflict): `incomplete`, as for INV-01;
// `registration_first` where an IRN was asked for and is not there.
struct EWayBill {
    using Reply = JsonFile;
    static constexpr OperationInfo kOperation{"documents.e_way_bill", Access::read,
                                              "documents.read", "GET /documents/{id}/e-way-bill",
                                              "The JSON to generate an e-way bill with"};
    DocumentNumber id;
    std::optional<EWayDirection> direction;
    std::optional<Text<3, 3>> document_type;      // INV, BIL, BOE, CHL, OTH
    std::optional<std::int32_t> sub_supply_type;  // 1 to 12
    std::optional<Text<1, 20>> sub_supply_description;
    std::optional<std::int32_t> transaction_type;  // 1 to 4
};
BOOST_DESCRIBE_STRUCT(EWayBill, (),
                      (id, direction, document_type, sub_supply_type, sub_supply_description,
                       transaction_type))

// A series of the account's own in place of the default, from the next number on. Refused: a
// pattern without {year} or {number}, of other characters than A-Z 0-9 / -, beginning with 0, - or
// /, longer than 16 when filled in, or one that another series has.
struct PutSeries {
    using Reply = DocumentSeries;
    static constexpr OperationInfo kOperation{"documents.put_series", Access::write,
                                              "documents.write", "PUT /document-series/{gstin}",
                                              "Set a number series"};
    Gstin gstin;
    DocumentKind kind = DocumentKind::tax_invoice;
    std::optional<DocumentPurpose> purpose;
    Text<1, 40> pattern;
};
BOOST_DESCRIBE_STRUCT(PutSeries, (), (gstin, kind, purpose, pattern))

struct ListSeries {
    using Reply = Page<DocumentSeries>;
    static constexpr OperationInfo kOperation{"documents.list_series", Access::read,
                                              "documents.read", "GET /document-series",
                                              "Number series that were set"};
    Defaulted<std::int32_t> limit = 50;
    std::optional<std::string> after;
};
BOOST_DESCRIBE_STRUCT(ListSeries, (), (limit, after))

struct PutSettings {
    using Reply = DocumentSettings;
    static constexpr OperationInfo kOperation{"documents.put_settings", Access::write,
                                              "documents.write", "PUT /document-settings",
                                              "Decide about the account's documents"};
    Defaulted<bool> e_invoicing = false;
    std::optional<Money> e_way_bill_limit;
};
BOOST_DESCRIBE_STRUCT(PutSettings, (), (e_invoicing, e_way_bill_limit))

struct GetSettings {
    using Reply = DocumentSettings;
    static constexpr OperationInfo kOperation{"documents.get_settings", Access::read,
                                              "documents.read", "GET /document-settings",
                                              "What was decided about the account's documents"};
};
BOOST_DESCRIBE_STRUCT(GetSettings, (), ())

}  // namespace wharf::documents
