#include "host/print/document_words.hpp"

#include "host/domain/gst/states.hpp"

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
    if (party.state_code) lines.push_back("State: " + state_text(party.state_code));
    lines.push_back(party.gstin ? "GSTIN: " + party.gstin->text() : "GSTIN: unregistered");
    return lines;
}

std::vector<std::string> endorsements(const IssuedDocument& document) {
    std::vector<std::string> lines;
    if (document.original && document.original_date) {
        lines.push_back("Corrects " + document.original->text() + " of " +
                        document.original_date->text() +
                        (document.reason ? ": " + document.reason->text() : std::string()));
    }
    if (const auto text = zero_rated_endorsement(document.tax.supply_type); !text.empty()) {
        lines.push_back(text);
    }
    const bool taxed = document.kind != DocumentKind::delivery_challan;
    if (taxed) {
        lines.push_back(std::string("Tax payable on reverse charge: ") +
                        (document.tax.reverse_charge ? "Yes" : "No"));
    }
    if (document.supplier.tax_status == TaxStatus::composition) {  // CGST Rule 5(1)(f)
        lines.emplace_back("Composition taxable person, not eligible to collect tax on supplies");
    }
    if (document.registration) lines.push_back("IRN: " + document.registration->irn.text());
    if (document.e_way_bill.required) lines.emplace_back("An e-way bill accompanies these goods");
    if (document.note) lines.push_back(document.note->text());
    return lines;
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
