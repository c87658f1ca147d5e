// Issued documents: challans, invoices and notes, as they were given out. Their figures, parties
// and number never change again; what is learnt later (vehicle, IRN) is added, and a mistake is
// voided or corrected with a note.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "wharf/json_text.hpp"
#include "wharf/model/tax.hpp"
#include "wharf/values/time.hpp"

namespace wharf {

// CGST Rules 55 (challan), 46 (tax invoice), 49 (bill of supply), 53 (credit and debit notes).
enum class DocumentKind {
    delivery_challan,
    tax_invoice,
    bill_of_supply,
    credit_note,
    debit_note,
    unknown
};
BOOST_DESCRIBE_ENUM(DocumentKind, delivery_challan, tax_invoice, bill_of_supply, credit_note,
                    debit_note, unknown)

// Why the goods move: it chooses the number series of invoices and the e-way bill's sub-supply
// type.
enum class DocumentPurpose { business, consumer, transfer, job_work, other, unknown };
BOOST_DESCRIBE_ENUM(DocumentPurpose, business, consumer, transfer, job_work, other, unknown)

enum class DocumentStatus { issued, voided, unknown };
BOOST_DESCRIBE_ENUM(DocumentStatus, issued, voided, unknown)

// What the document was issued for: `{"kind":"transfer","number":"STN-000007"}`.
struct DocumentSource {
    Name kind;
    DocumentNumber number;
};
BOOST_DESCRIBE_STRUCT(DocumentSource, (), (kind, number))

struct DocumentLine {
    std::int32_t line = 0;
    std::optional<std::int32_t> source_line;    // of the source
    std::optional<std::int32_t> original_line;  // of the invoice that a note corrects
    Sku sku;
    Name description;
    std::optional<Text<4, 8>> hsn;
    Count quantity;  // base units; 0 on a note by value
    UnitCode unit;
    std::optional<LotCode> lot;
    std::vector<Serial> serials;
    Money unit_price;  // per base unit, up to 6 decimals
    Money discount;
    Money amount;   // quantity x unit_price - discount
    Money charges;  // its share of the charges before tax
    Money taxable;  // amount + charges, without the tax that they include
    Taxability taxability = Taxability::taxable;
    Percent tax_rate;
    Percent cess;
    std::vector<TaxShare> tax;
    Money total;  // taxable + the shares that the supplier charges
    // How much of an invoice's line credit notes have taken back so far. Of a void note: nothing.
    Count credited_quantity;
    Money credited_taxable;
};
BOOST_DESCRIBE_STRUCT(DocumentLine, (),
                      (line, source_line, original_line, sku, description, hsn, quantity, unit, lot,
                       serials, unit_price, discount, amount, charges, taxable, taxability,
                       tax_rate, cess, tax, total, credited_quantity, credited_taxable))

// How goods travel: 1 road, 2 rail, 3 air, 4 ship (the codes of the e-way bill).
enum class TransportMode { road, rail, air, ship, unknown };
BOOST_DESCRIBE_ENUM(TransportMode, road, rail, air, ship, unknown)

struct Transport {
    std::optional<TransportMode> mode;
    std::optional<Text<1, 15>> transporter_id;  // GSTIN or enrolment number
    std::optional<Text<1, 100>> transporter_name;
    std::optional<Text<1, 15>> document_number;  // lorry receipt, airway bill
    std::optional<Date> document_date;
    std::optional<Text<4, 15>> vehicle_number;  // capital letters and digits: KA01AB1234
    std::optional<std::int32_t> distance_km;    // 0 to 4000; 0 lets the portal work it out
};
BOOST_DESCRIBE_STRUCT(Transport, (),
                      (mode, transporter_id, transporter_name, document_number, document_date,
                       vehicle_number, distance_km))

// Whether the consignment needs an e-way bill (CGST Rule 138): its value with tax and without
// exempt goods is beyond the limit, which within some states is not 50,000.
struct EWayBillNeed {
    bool required = false;
    Money value;
    Money limit;
    std::string basis;
};
BOOST_DESCRIBE_STRUCT(EWayBillNeed, (), (required, value, limit, basis))

// What the invoice registration portal answered (CGST Rule 48(4)).
struct InvoiceRegistration {
    Text<64, 64> irn;
    std::optional<Text<1, 20>> acknowledgement_number;
    std::optional<Instant> acknowledged_at;
    std::optional<Text<1, 4000>> signed_qr;  // printed as the QR code in place of ours
};
BOOST_DESCRIBE_STRUCT(InvoiceRegistration, (),
                      (irn, acknowledgement_number, acknowledged_at, signed_qr))

// total = the lines' taxable + tax + charges after tax + round_off; each tax component = the sum of
// its lines' shares. On a challan tax is empty.
struct IssuedDocument {
    DocumentNumber number;  // as printed: `SKA1/2627/000123`, at most 16 characters
    DocumentNumber id;      // the number in paths, `/` written as `_`: `SKA1_2627_000123`
    DocumentKind kind = DocumentKind::delivery_challan;
    DocumentPurpose purpose = DocumentPurpose::other;
    DocumentStatus status = DocumentStatus::issued;
    std::optional<Reference> reference;
    DocumentSource source;
    std::optional<DocumentNumber> original;  // the invoice that a note corrects
    std::optional<Date> original_date;
    std::string fiscal_year;  // `2627`
    Date issued_on;
    Text<3, 3> currency;
    Party supplier;
    Party recipient;
    std::optional<Party> dispatch_from;  // where goods leave, if not from the supplier's address
    std::optional<Party> ship_to;        // where they go, if not to the recipient's address
    bool prices_include_tax = false;
    std::vector<DocumentLine> lines;
    std::vector<Charge> charges;
    TaxSummary tax;
    Money amount;  // the sum of the lines' amounts
    Money charges_after_tax;
    Money round_off;
    Money total;
    std::optional<Transport> transport;
    std::optional<InvoiceRegistration> registration;
    EWayBillNeed e_way_bill;
    std::optional<Note> note;
    std::optional<Reason> reason;        // of a note: why; of a void document: why it is void
    std::optional<RawJson> explanation;  // of the plugin that had it issued
    std::optional<Instant> voided_at;
    std::string created_by;
    Instant created_at;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(IssuedDocument, (),
                      (number, id, kind, purpose, status, reference, source, original,
                       original_date, fiscal_year, issued_on, currency, supplier, recipient,
                       dispatch_from, ship_to, prices_include_tax, lines, charges, tax, amount,
                       charges_after_tax, round_off, total, transport, registration, e_way_bill,
                       note, reason, explanation, voided_at, created_by, created_at, version))

// What the account has decided about its documents.
struct DocumentSettings {
    // Business invoices are registered before goods leave (CGST Rule 48(4)): a matter of turnover.
    bool e_invoicing = false;
    // An e-way bill is needed within a state past this value instead of the state's own limit.
    std::optional<Money> e_way_bill_limit;
    std::int64_t version = 0;  // 0: never set
};
BOOST_DESCRIBE_STRUCT(DocumentSettings, (), (e_invoicing, e_way_bill_limit, version))

// A number series: `pattern` with {state} (KA), {series} (1), {year} (2627) and {number} (000123).
struct DocumentSeries {
    Gstin gstin;
    DocumentKind kind = DocumentKind::tax_invoice;
    std::optional<DocumentPurpose> purpose;  // absent: for every purpose without one of its own
    Text<1, 40> pattern;
    std::int64_t version = 1;
};
BOOST_DESCRIBE_STRUCT(DocumentSeries, (), (gstin, kind, purpose, pattern, version))

}  // namespace wharf
