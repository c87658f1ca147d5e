// The e-invoice's JSON: INV-01, schema version 1.1 (CGST Rule 48(4)).
#include "host/domain/documents/document_store.hpp"
#include "host/domain/documents/documents.hpp"
#include "host/domain/documents/payload.hpp"

namespace wharf::domain {
namespace {

constexpr std::string_view kUnregistered = "URP";

const char* supply_type_code(SupplyType type) {
    switch (type) {
        case SupplyType::sez_with_payment:
            return "SEZWP";
        case SupplyType::sez_without_payment:
            return "SEZWOP";
        case SupplyType::export_with_payment:
            return "EXPWP";
        case SupplyType::export_without_payment:
            return "EXPWOP";
        case SupplyType::deemed_export:
            return "DEXP";
        default:
            return "B2B";
    }
}

const char* document_type(DocumentKind kind) {
    if (kind == DocumentKind::credit_note) return "CRN";
    return kind == DocumentKind::debit_note ? "DBN" : "INV";
}

bool is_export(SupplyType type) {
    return type == SupplyType::export_with_payment || type == SupplyType::export_without_payment;
}

void refuse_no_e_invoice(const IssuedDocument& document) {
    const bool note =
        document.kind == DocumentKind::credit_note || document.kind == DocumentKind::debit_note;
    if (document.kind != DocumentKind::tax_invoice && !note) {
        throw Refusal::conflict("no_e_invoice", document.number.text() + " is no tax invoice");
    }
    const bool taxpayer =
        document.supplier.gstin && document.supplier.tax_status == TaxStatus::regular;
    if (!taxpayer) {
        throw Refusal::conflict(
            "no_e_invoice", document.number.text() + " is not of a regular taxpayer with a GSTIN");
    }
    if (document.recipient.gstin || is_export(document.tax.supply_type)) return;
    throw Refusal::conflict("no_e_invoice",
                            "the recipient of " + document.number.text() + " is not registered");
}

void put_address(PayloadObject& object, const NetworkAddress& address) {
    object.text("Addr1", address.line1);
    if (address.line2) object.text("Addr2", *address.line2);
    object.text("Loc", address.place).number("Pin", address.pin).text("Stcd", address.state);
}

std::string legal_name(const Party& party, const std::string& pointer, Faults& faults) {
    faults.conflict_if(code_points(party.legal_name.view()) < 3, pointer + "/legal_name",
                       "too_short", "a legal name has three letters or more");
    return shortened(party.legal_name.view(), 100);
}

std::string party_json(const Party& party, const std::string& pointer, Faults& faults,
                       const std::optional<StateCode>& place_of_supply = {}) {
    PayloadObject object;
    object.text("Gstin", party.gstin ? party.gstin->view() : kUnregistered);
    object.text("LglNm", legal_name(party, pointer, faults));
    if (party.trade_name && code_points(party.trade_name->view()) >= 3) {
        object.text("TrdNm", shortened(party.trade_name->view(), 100));
    }
    if (place_of_supply) object.text("Pos", place_of_supply->view());
    put_address(object, network_address(party, pointer, faults));
    return object.take();
}

std::string dispatch_json(const Party& party, Faults& faults) {
    PayloadObject object;
    object.text("Nm", legal_name(party, "/dispatch_from", faults));
    put_address(object, network_address(party, "/dispatch_from", faults));
    return object.take();
}

// Price and value without tax, whatever the line's price included.
std::string item_json(const DocumentLine& line, const std::string& pointer, Faults& faults) {
    const auto hsn = line.hsn ? line.hsn->view() : std::string_view();
    faults.conflict_if(hsn.size() != 4 && hsn.size() != 6 && hsn.size() != 8, pointer + "/hsn",
                       "hsn", "an HSN code has 4, 6 or 8 digits");
    const bool plain = line.taxable == line.amount;
    const auto discount = plain ? line.discount : Money();
    const auto gross = line.taxable + discount;
    const auto price =
        line.quantity.positive() ? gross.share(Quantity(1), line.quantity).rounded(3) : gross;
    auto total = line.taxable;
    for (const auto& share : line.tax) total += share.amount;
    PayloadObject object;
    object.text("SlNo", std::to_string(line.line));
    if (code_points(line.description.view()) >= 3) {
        object.text("PrdDesc", shortened(line.description.view(), 300));
    }
    object.text("IsServc", "N").text("HsnCd", hsn);
    object.number("Qty", line.quantity.raw()).text("Unit", unit_quantity_code(line.unit.view()));
    object.number("UnitPrice", price).number("TotAmt", gross).number("Discount", discount);
    object.number("AssAmt", line.taxable).number("GstRt", line.tax_rate);
    object.number("IgstAmt", component(line.tax, TaxKind::igst));
    object.number("CgstAmt", component(line.tax, TaxKind::cgst));
    object.number("SgstAmt", component(line.tax, TaxKind::sgst));
    object.number("CesRt", line.cess).number("CesAmt", component(line.tax, TaxKind::cess));
    object.number("TotItemVal", total);
    return object.take();
}

std::string items_json(const IssuedDocument& document, Faults& faults) {
    constexpr std::size_t kItemsMax = 1000;
    if (document.lines.size() > kItemsMax) {
        throw Refusal::conflict("too_many_lines",
                                document.number.text() +
                                    " has more than the 1000 "
                                    "lines of an e-invoice",
                                "bill the goods with several invoices");
    }
    std::string items = "[";
    for (std::size_t i = 0; i < document.lines.size(); ++i) {
        if (i > 0) items += ',';
        items += item_json(document.lines[i], "/lines/" + std::to_string(i), faults);
    }
    return items + "]";
}

std::string values_json(const IssuedDocument& document) {
    PayloadObject object;
    object.number("AssVal", document.tax.taxable);
    object.number("CgstVal", component(document.tax, TaxKind::cgst));
    object.number("SgstVal", component(document.tax, TaxKind::sgst));
    object.number("IgstVal", component(document.tax, TaxKind::igst));
    object.number("CesVal", component(document.tax, TaxKind::cess));
    object.number("OthChrg", document.charges_after_tax);
    object.number("RndOffAmt", document.round_off);
    object.number("TotInvVal", document.total + document.tax.reverse_charge_tax);
    return object.take();
}

std::string transaction_json(const IssuedDocument& document) {
    PayloadObject object;
    object.text("TaxSch", "GST").text("SupTyp", supply_type_code(document.tax.supply_type));
    object.text("RegRev", document.tax.reverse_charge ? "Y" : "N");
    return object.take();
}

std::string header_json(const IssuedDocument& document) {
    PayloadObject object;
    object.text("Typ", document_type(document.kind)).text("No", document.number.view());
    object.text("Dt", network_date(document.issued_on));
    return object.take();
}

std::string preceding_json(const IssuedDocument& document) {
    PayloadObject preceding;
    preceding.text("InvNo", document.original->view());
    preceding.text("InvDt", network_date(*document.original_date));
    return PayloadObject().raw("PrecDocDtls", "[" + preceding.take() + "]").take();
}

}  // namespace

JsonFile inv_01(Transaction& transaction, const documents::Inv01& request) {
    const auto document = load_document(transaction, request.id);
    refuse_no_e_invoice(document);
    Faults faults;
    PayloadObject payload;
    payload.text("Version", "1.1").raw("TranDtls", transaction_json(document));
    payload.raw("DocDtls", header_json(document));
    payload.raw("SellerDtls", party_json(document.supplier, "/supplier", faults));
    payload.raw("BuyerDtls",
                party_json(document.recipient, "/recipient", faults, document.tax.place_of_supply));
    if (document.dispatch_from) {
        payload.raw("DispDtls", dispatch_json(*document.dispatch_from, faults));
    }
    if (document.ship_to) {
        payload.raw("ShipDtls", party_json(*document.ship_to, "/ship_to", faults));
    }
    payload.raw("ItemList", items_json(document, faults));
    payload.raw("ValDtls", values_json(document));
    if (document.original && document.original_date) {
        payload.raw("RefDtls", preceding_json(document));
    }
    refuse_incomplete(document, faults);
    return file_of<JsonFile>("inv-01-" + document.id.text() + ".json", payload.take());
}

}  // namespace wharf::domain
