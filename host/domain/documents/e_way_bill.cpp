// The JSON to generate an e-way bill with (CGST Rule 138, form EWB-01 part A and B).
#include <map>

#include "host/domain/documents/document_store.hpp"
#include "host/domain/documents/documents.hpp"
#include "host/domain/documents/payload.hpp"
#include "host/domain/gst/e_way_limits.hpp"

namespace wharf::domain {
namespace {

using documents::EWayDirection;

constexpr std::string_view kUnregistered = "URP";
constexpr std::size_t kItemsMax = 250;  // of one e-way bill

// The portal's sub-supply types.
enum SubSupply : std::int64_t { kSupply = 1, kExport = 3, kJobWork = 4, kOwnUse = 5, kOthers = 8 };

bool is_export(SupplyType type) {
    return type == SupplyType::export_with_payment || type == SupplyType::export_without_payment;
}

// The kinds that goods travel under, by the portal's codes.
std::string_view document_type(const IssuedDocument& document) {
    switch (document.kind) {
        case DocumentKind::tax_invoice:
            return "INV";
        case DocumentKind::bill_of_supply:
            return "BIL";
        case DocumentKind::delivery_challan:
            return "CHL";
        default:
            throw Refusal::conflict("no_movement",
                                    document.number.text() + " is a note: no goods travel under it",
                                    "take the document that the goods travel under");
    }
}

std::int64_t sub_supply_type(const IssuedDocument& document) {
    if (document.kind != DocumentKind::delivery_challan) {
        return is_export(document.tax.supply_type) ? kExport : kSupply;
    }
    switch (document.purpose) {
        case DocumentPurpose::transfer:
            return kOwnUse;
        case DocumentPurpose::job_work:
            return kJobWork;
        default:
            return kOthers;
    }
}

// Outward for who sends: goods of ours, unless they only come to us.
EWayDirection direction(const IssuedDocument& document) {
    const bool inward = !document.supplier.location && document.recipient.location;
    return inward ? EWayDirection::inward : EWayDirection::outward;
}

// 1 regular, 2 bill to - ship to, 3 bill from - dispatch from, 4 both.
std::int64_t transaction_type(const IssuedDocument& document) {
    return 1 + (document.ship_to ? 1 : 0) + (document.dispatch_from ? 2 : 0);
}

void refuse_unregistered_invoice(Transaction& transaction, const IssuedDocument& document) {
    const bool due = document_settings(transaction).e_invoicing &&
                     document.kind == DocumentKind::tax_invoice && document.supplier.location &&
                     (document.recipient.gstin || is_export(document.tax.supply_type));
    if (!due || document.registration) return;
    throw Refusal::conflict("registration_first",
                            document.number.text() + " has no invoice reference number yet",
                            "register the invoice (inv-01), keep the answer, then come again");
}

void put_side(PayloadObject& payload, const std::string& side, const Party& billed,
              const Party& actual, const std::string& pointer, Faults& faults) {
    const auto address = network_address(actual, pointer, faults);
    auto name = billed.trade_name ? billed.trade_name->view() : billed.legal_name.view();
    payload.text(side + "Gstin", billed.gstin ? billed.gstin->view() : kUnregistered);
    payload.text(side + "TrdName", shortened(name, 100)).text(side + "Addr1", address.line1);
    if (address.line2) payload.text(side + "Addr2", *address.line2);
    payload.text(side + "Place", address.place).number(side + "Pincode", address.pin);
    const auto state = billed.state_code ? Date::digits(billed.state_code->view()) : std::nullopt;
    const auto actual_state = Date::digits(address.state);
    payload.number(side + "StateCode", state.value_or(actual_state.value_or(0)));
    payload.number(side == "from" ? "actFromStateCode" : "actToStateCode",
                   actual_state.value_or(0));
}

void put_rates(PayloadObject& object, const std::vector<TaxShare>& tax) {
    for (const auto& share : tax) {
        switch (share.kind) {
            case TaxKind::cgst:
                object.number("cgstRate", share.rate);
                break;
            case TaxKind::sgst:
            case TaxKind::utgst:
                object.number("sgstRate", share.rate);
                break;
            case TaxKind::igst:
                object.number("igstRate", share.rate);
                break;
            case TaxKind::cess:
                object.number("cessRate", share.rate);
                break;
            default:
                break;
        }
    }
}

std::string item_json(const DocumentLine& line, const std::string& pointer, Faults& faults) {
    faults.conflict_if(!line.hsn, pointer + "/hsn", "hsn", "the product has no HSN code");
    PayloadObject object;
    object.number("itemNo", std::int64_t{line.line});
    object.text("productName", shortened(line.description.view(), 100));
    object.text("hsnCode", line.hsn ? line.hsn->view() : std::string_view());
    object.number("quantity", line.quantity.raw());
    object.text("qtyUnit", unit_quantity_code(line.unit.view()));
    object.number("taxableAmount", line.taxable);
    put_rates(object, line.tax);
    return object.take();
}

std::string items_json(const IssuedDocument& document, Faults& faults) {
    if (document.lines.size() > kItemsMax) {
        throw Refusal::conflict("too_many_lines",
                                document.number.text() +
                                    " has more than the 250 "
                                    "lines of an e-way bill",
                                "let the goods travel under several documents");
    }
    std::string items = "[";
    for (std::size_t i = 0; i < document.lines.size(); ++i) {
        if (i > 0) items += ',';
        items += item_json(document.lines[i], "/lines/" + std::to_string(i), faults);
    }
    return items + "]";
}

// The HSN code that most of the value has.
std::string main_hsn(const IssuedDocument& document) {
    std::map<std::string, Money> values;
    for (const auto& line : document.lines) {
        if (line.hsn) values[line.hsn->text()] += line.taxable;
    }
    std::string main;
    for (const auto& [hsn, value] : values) {
        if (main.empty() || value > values[main]) main = hsn;
    }
    return main;
}

void put_values(PayloadObject& payload, const IssuedDocument& document) {
    payload.number("totalValue", document.tax.taxable);
    payload.number("cgstValue", component(document.tax, TaxKind::cgst));
    payload.number("sgstValue", component(document.tax, TaxKind::sgst));
    payload.number("igstValue", component(document.tax, TaxKind::igst));
    payload.number("cessValue", component(document.tax, TaxKind::cess));
    payload.number("otherValue", document.charges_after_tax + document.round_off);
    payload.number("totInvValue", document.total + document.tax.reverse_charge_tax);
}

void put_transport(PayloadObject& payload, const Transport& transport) {
    if (transport.mode) payload.number("transMode", static_cast<std::int64_t>(*transport.mode) + 1);
    payload.number("transDistance", std::int64_t{transport.distance_km.value_or(0)});
    if (transport.transporter_id) payload.text("transporterId", transport.transporter_id->view());
    if (transport.transporter_name) {
        payload.text("transporterName", transport.transporter_name->view());
    }
    if (transport.document_number) payload.text("transDocNo", transport.document_number->view());
    if (transport.document_date) {
        payload.text("transDocDate", network_date(*transport.document_date));
    }
    if (!transport.vehicle_number) return;
    payload.text("vehicleNo", transport.vehicle_number->view()).text("vehicleType", "R");
}

void check_overrides(const documents::EWayBill& request) {
    Faults faults;
    const auto out_of = [&](const std::optional<std::int32_t>& value, int most, const char* at) {
        faults.add_if(value && (*value < 1 || *value > most), at, "out_of_range",
                      "must be 1 to " + std::to_string(most));
    };
    out_of(request.sub_supply_type, 12, "/sub_supply_type");
    out_of(request.transaction_type, 4, "/transaction_type");
    if (request.document_type) {
        const auto type = request.document_type->view();
        const bool known =
            type == "INV" || type == "BIL" || type == "BOE" || type == "CHL" || type == "OTH";
        faults.add_if(!known, "/document_type", "not_a_choice",
                      "must be one of: INV, BIL, BOE, CHL, OTH");
    }
    faults.refuse_if_any();
}

void put_header(PayloadObject& payload, const IssuedDocument& document,
                const documents::EWayBill& request) {
    const bool inward = request.direction.value_or(direction(document)) == EWayDirection::inward;
    const auto& own = inward ? document.recipient : document.supplier;
    if (own.gstin) payload.text("userGstin", own.gstin->view());
    payload.text("supplyType", inward ? "I" : "O");
    const auto sub_type = request.sub_supply_type ? std::int64_t{*request.sub_supply_type}
                                                  : sub_supply_type(document);
    payload.number("subSupplyType", sub_type);
    if (request.sub_supply_description) {
        payload.text("subSupplyDesc", request.sub_supply_description->view());
    } else if (sub_type == kOthers) {
        payload.text("subSupplyDesc", "Goods not supplied");
    }
    payload.text("docType",
                 request.document_type ? request.document_type->view() : document_type(document));
    payload.text("docNo", document.number.view());
    payload.text("docDate", network_date(document.issued_on));
    payload.number("transactionType", request.transaction_type
                                          ? std::int64_t{*request.transaction_type}
                                          : transaction_type(document));
}

}  // namespace

JsonFile e_way_bill(Transaction& transaction, const documents::EWayBill& request) {
    check_overrides(request);
    const auto document = load_document(transaction, request.id);
    if (document.status == DocumentStatus::voided) {
        throw Refusal::conflict("document_void", document.number.text() + " is void");
    }
    document_type(document);
    refuse_unregistered_invoice(transaction, document);
    Faults faults;
    PayloadObject payload;
    put_header(payload, document, request);
    put_side(payload, "from", document.supplier, place_of_dispatch(document),
             document.dispatch_from ? "/dispatch_from" : "/supplier", faults);
    put_side(payload, "to", document.recipient, place_of_delivery(document),
             document.ship_to ? "/ship_to" : "/recipient", faults);
    put_values(payload, document);
    put_transport(payload, document.transport.value_or(Transport{}));
    if (const auto hsn = main_hsn(document); !hsn.empty()) payload.text("mainHsnCode", hsn);
    payload.raw("itemList", items_json(document, faults));
    refuse_incomplete(document, faults);
    return file_of<JsonFile>("e-way-bill-" + document.id.text() + ".json", payload.take());
}

}  // namespace wharf::domain
