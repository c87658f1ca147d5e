#include "host/domain/documents/payload.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "wharf/values/text.hpp"

namespace wharf::domain {
namespace {

constexpr std::int64_t kPinAbroad = 999'999;  // of parties outside India, with state 96
constexpr std::string_view kStateAbroad = "96";

bool same_component(TaxKind wanted, TaxKind kind) {
    return wanted == kind || (wanted == TaxKind::sgst && kind == TaxKind::utgst);
}

bool is_control(char character) {
    return static_cast<unsigned char>(character) < 0x20;
}

std::optional<std::int64_t> pin_of(const Address& address) {
    if (!address.postal_code) return std::nullopt;
    const auto text = address.postal_code->view();
    const auto pin = Date::digits(text);
    if (text.size() != 6 || !pin || *pin < 100'000) return std::nullopt;
    return *pin;
}

}  // namespace

std::string shortened(std::string_view text, std::size_t characters) {
    std::size_t end = 0;
    for (std::size_t count = 0; end < text.size(); ++end) {
        const bool begins = (static_cast<unsigned char>(text[end]) & 0xC0U) != 0x80U;
        if (begins && count++ == characters) break;
    }
    std::string line(text.substr(0, end));
    std::replace_if(line.begin(), line.end(), is_control, ' ');
    return line;
}

std::string network_date(Date day) {
    const auto text = day.text();  // YYYY-MM-DD
    return text.substr(8, 2) + "/" + text.substr(5, 2) + "/" + text.substr(0, 4);
}

std::string_view unit_quantity_code(std::string_view unit) {
    using Entry = std::pair<std::string_view, std::string_view>;
    constexpr std::array<Entry, 20> kCodes = {{
        {"each", "NOS"}, {"unit", "UNT"},   {"piece", "PCS"}, {"pcs", "PCS"},   {"nos", "NOS"},
        {"pair", "PRS"}, {"set", "SET"},    {"dozen", "DOZ"}, {"box", "BOX"},   {"pack", "PAC"},
        {"bag", "BAG"},  {"bottle", "BTL"}, {"kg", "KGS"},    {"g", "GMS"},     {"l", "LTR"},
        {"ml", "MLT"},   {"m", "MTR"},      {"cm", "CMS"},    {"tonne", "TON"}, {"roll", "ROL"},
    }};
    std::string lower(unit);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) {
        return static_cast<char>(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    });
    const auto* found = std::find_if(kCodes.begin(), kCodes.end(),
                                     [&](const Entry& entry) { return entry.first == lower; });
    return found == kCodes.end() ? "OTH" : found->second;
}

NetworkAddress network_address(const Party& party, const std::string& pointer, Faults& faults) {
    const Address none;
    const auto& address = party.address ? *party.address : none;
    const bool abroad = party.tax_status == TaxStatus::overseas;
    NetworkAddress result;
    auto missing = [&](const char* field, const char* what) {
        faults.conflict_if(true, pointer + "/address/" + field, "missing",
                           "\"" + party.legal_name.text() + "\" has no " + what);
    };
    if (address.line1) result.line1 = shortened(address.line1->view(), 100);
    if (!address.line1) missing("line1", "first line of its address");
    if (address.line2 && code_points(address.line2->view()) >= 3) {
        result.line2 = shortened(address.line2->view(), 100);
    }
    if (address.city) result.place = shortened(address.city->view(), 50);
    if (code_points(result.place) < 3) missing("city", "city of three letters or more");
    const auto pin = abroad ? std::optional(kPinAbroad) : pin_of(address);
    if (!pin) missing("postal_code", "postal code of six digits");
    result.pin = pin.value_or(0);
    result.state = abroad ? std::string(kStateAbroad)
                          : (party.state_code ? party.state_code->text() : std::string());
    if (result.state.empty()) missing("state_code", "state");
    return result;
}

void refuse_incomplete(const IssuedDocument& document, Faults& faults) {
    if (faults.empty()) return;
    throw Refusal::conflict("incomplete",
                            document.number.text() + " lacks what the tax network demands",
                            "complete the catalog, then void the document and issue it again")
        .with_faults(faults.take());
}

Money component(const TaxSummary& tax, TaxKind kind) {
    Money sum;
    for (const auto& entry : tax.components) {
        if (same_component(kind, entry.kind)) sum += entry.amount;
    }
    return sum;
}

Money component(const std::vector<TaxShare>& tax, TaxKind kind) {
    Money sum;
    for (const auto& share : tax) {
        if (same_component(kind, share.kind)) sum += share.amount;
    }
    return sum;
}

}  // namespace wharf::domain
