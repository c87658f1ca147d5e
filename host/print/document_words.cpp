#include "host/print/document_words.hpp"

#include <algorithm>

#include "host/domain/gst/states.hpp"
#include "host/print/printable_text.hpp"

namespace wharf::print {
namespace {

void add(std::vector<std::string>& lines, const std::optional<Name>& text) {
    if (text) lines.push_back(text->text());
}

std::string town_of(const Address& address) {
    std::string text = address.city ? address.city->text() : std::string();
    if (address.postal_code) text += (text.empty() ? "" : " ") + address.postal_code->text();
    return text;
}

// CGST Rule 46, second proviso.
std::string zero_rated_endorsement(SupplyType type) {
    const std::string to_zone = "SUPPLY TO SEZ UNIT OR SEZ DEVELOPER FOR AUTHORISED OPERATIONS ";
    const std::string abroad = "SUPPLY MEANT FOR EXPORT ";
    const std::string paid = "ON PAYMENT OF INTEGRATED TAX";
    const std::string bond =
        "UNDER BOND OR LETTER OF UNDERTAKING WITHOUT PAYMENT OF INTEGRATED TAX";
    switch (type) {
        case SupplyType::sez_with_payment:
            return to_zone + paid;
        case SupplyType::sez_without_payment:
            return to_zone + bond;
        case SupplyType::export_with_payment:
            return abroad + paid;
        case SupplyType::export_without_payment:
            return abroad + bond;
        default:
            return {};
    }
}

std::string mode_text(TransportMode mode) {
    switch (mode) {
        case TransportMode::road:
            return "road";
        case TransportMode::rail:
            return "rail";
        case TransportMode::air:
            return "air";
        case TransportMode::ship:
            return "ship";
        default:
            return {};
    }
}

void add_transport(std::vector<Fact>& facts, const Transport& transport) {
    if (transport.mode) facts.push_back({"Sent by", mode_text(*transport.mode)});
    if (transport.vehicle_number) facts.push_back({"Vehicle", transport.vehicle_number->text()});
    if (transport.transporter_name || transport.transporter_id) {
        auto text = transport.transporter_name ? transport.transporter_name->text() : "";
        if (transport.transporter_id) {
            text += (text.empty() ? "" : ", ") + transport.transporter_id->text();
        }
        facts.push_back({"Transporter", std::move(text)});
    }
    if (!transport.document_number) return;
    auto text = transport.document_number->text();
    if (transport.document_date) text += " of " + day_text(*transport.document_date);
    facts.push_back({"Consignment", std::move(text)});
}

void add_registration(std::vector<Fact>& facts, const InvoiceRegistration& registration) {
    if (!registration.acknowledgement_number) return;
    auto text = registration.acknowledgement_number->text();
    if (registration.acknowledged_at) {
        text += " of " + registration.acknowledged_at->text().substr(0, 10);
    }
    facts.push_back({"Acknowledged", std::move(text)});
}

}  // namespace

std::string title_of(DocumentKind kind) {
    switch (kind) {
        case DocumentKind::tax_invoice:
            return "TAX INVOICE";
        case DocumentKind::bill_of_supply:
            return "BILL OF SUPPLY";
        case DocumentKind::credit_note:
            return "CREDIT NOTE";
        case DocumentKind::debit_note:
            return "DEBIT NOTE";
        default:
            return "DELIVERY CHALLAN";
    }
}

std::string state_text(const std::optional<StateCode>& code) {
    if (!code) return {};
    const auto* state = domain::find_state(code->view());
    return state == nullptr ? code->text() : code->text() + " " + std::string(state->name);
}

std::vector<std::string> party_lines(const Party& party) {
    std::vector<std::string> lines = {party.legal_name.text()};
    if (party.trade_name && *party.trade_name != party.legal_name) add(lines, party.trade_name);
    if (party.address) {
        const auto& address = *party.address;
        if (address.name && *address.name != party.legal_name) add(lines, address.name);
        add(lines, address.line1);
        add(lines, address.line2);
        if (const auto town = town_of(address); !town.empty()) lines.push_back(town);
    }
    const bool abroad = party.tax_status == TaxStatus::overseas;
    if (abroad && party.address && party.address->country) {
        lines.push_back("Country: " + party.address->country->text());
    }
    if (party.state_code) lines.push_back("State: " + state_text(party.state_code));
    if (party.gstin) {
        lines.push_back("GSTIN: " + party.gstin->text());
    } else if (party.state_code) {
        lines.emplace_back("GSTIN: unregistered");
    }
    return lines;
}

std::string supplier_title(DocumentKind kind) {
    return kind == DocumentKind::delivery_challan ? "CONSIGNER" : "SUPPLIER";
}

std::string recipient_title(DocumentKind kind) {
    return kind == DocumentKind::delivery_challan ? "CONSIGNEE" : "BILLED TO";
}

bool shows_tax(const IssuedDocument& document) {
    return document.kind != DocumentKind::delivery_challan &&
           document.kind != DocumentKind::bill_of_supply;
}

std::vector<Fact> facts_of(const IssuedDocument& document) {
    std::vector<Fact> facts = {{"Number", document.number.text()},
                               {"Date", day_text(document.issued_on)}};
    if (document.original && document.original_date) {
        facts.push_back(
            {"Corrects", document.original->text() + " of " + day_text(*document.original_date)});
    }
    if (document.tax.place_of_supply) {
        facts.push_back({"Place of supply", state_text(document.tax.place_of_supply)});
    }
    auto source = document.source.kind.text();  // `sales_order`
    std::replace(source.begin(), source.end(), '_', ' ');
    facts.push_back({"Issued for", source + " " + document.source.number.text()});
    if (document.reference) facts.push_back({"Reference", document.reference->text()});
    if (document.transport) add_transport(facts, *document.transport);
    if (document.registration) add_registration(facts, *document.registration);
    return facts;
}

std::string subtitle_of(const IssuedDocument& document) {
    if (document.supplier.tax_status != TaxStatus::composition) return {};
    return "Composition taxable person, not eligible to collect tax on supplies";
}

std::vector<std::string> endorsements(const IssuedDocument& document) {
    std::vector<std::string> lines;
    if (document.status == DocumentStatus::voided) {
        lines.push_back("VOID" + (document.reason ? ": " + document.reason->text() : ""));
    } else if (document.reason) {
        lines.push_back("Reason: " + document.reason->text());
    }
    if (const auto text = zero_rated_endorsement(document.tax.supply_type); !text.empty()) {
        lines.push_back(text);
    }
    if (document.kind != DocumentKind::delivery_challan) {
        lines.push_back(std::string("Tax payable on reverse charge: ") +
                        (document.tax.reverse_charge ? "Yes" : "No"));
    }
    if (document.e_way_bill.required) lines.emplace_back("An e-way bill accompanies these goods");
    return lines;
}

std::vector<std::string> marks_of(DocumentKind kind) {
    switch (kind) {
        case DocumentKind::delivery_challan:
            return {"ORIGINAL FOR CONSIGNEE", "DUPLICATE FOR TRANSPORTER",
                    "TRIPLICATE FOR CONSIGNER"};
        case DocumentKind::tax_invoice:
        case DocumentKind::bill_of_supply:
            return {"ORIGINAL FOR RECIPIENT", "DUPLICATE FOR TRANSPORTER",
                    "TRIPLICATE FOR SUPPLIER"};
        default:
            return {"ORIGINAL FOR RECIPIENT"};
    }
}

std::string component_name(TaxKind kind) {
    switch (kind) {
        case TaxKind::cgst:
            return "CGST";
        case TaxKind::sgst:
            return "SGST";
        case TaxKind::utgst:
            return "UTGST";
        case TaxKind::igst:
            return "IGST";
        case TaxKind::cess:
            return "Cess";
        default:
            return "Tax";
    }
}

}  // namespace wharf::print
