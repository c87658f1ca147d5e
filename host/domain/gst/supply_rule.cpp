#include "host/domain/gst/supply_rule.hpp"

#include <utility>

#include "host/domain/gst/states.hpp"

namespace wharf::domain {
namespace {

constexpr std::string_view kOtherCountries = "96";

bool is_export(SupplyType type) {
    return type == SupplyType::export_with_payment || type == SupplyType::export_without_payment;
}
bool is_sez(SupplyType type) {
    return type == SupplyType::sez_with_payment || type == SupplyType::sez_without_payment;
}
bool is_zero_rated(SupplyType type) {
    return type == SupplyType::sez_without_payment || type == SupplyType::export_without_payment;
}

// One supply being decided.
class Decision {
public:
    Decision(const SupplyFacts& facts, MissingState missing, Faults& faults)
        : facts_(facts), missing_(missing), faults_(faults) {}

    SupplyRule take() {
        rule_.supply_type = facts_.supply_type;
        rule_.reverse_charge = facts_.reverse_charge;
        decide_who_charges();
        if (facts_.under_gst) {
            decide_place();
            decide_components();
        } else if (rule_.taxpayer) {
            rule_.kinds = tax_kinds(false, false, {});
        }
        rule_.charged = rule_.taxpayer && !rule_.reverse_charge && !rule_.kinds.empty();
        return std::move(rule_);
    }

private:
    void because(std::string code, std::string detail, std::string basis) {
        rule_.reasons.push_back({std::move(code), std::move(detail), std::move(basis)});
    }

    void decide_who_charges() {
        switch (facts_.supplier->tax_status) {
            case TaxStatus::regular:
                rule_.taxpayer = true;
                return;
            case TaxStatus::composition:
                return because("supplier_composition", "a composition taxpayer collects no tax",
                               "CGST Act s.10(4)");
            case TaxStatus::overseas:
                return because("supplier_overseas",
                               "integrated tax on imports is paid at customs, not to the supplier",
                               "IGST Act s.5(1) proviso; Customs Tariff Act s.3(7)");
            default:
                return because("supplier_unregistered",
                               "only a registered supplier may collect tax", "CGST Act s.32(1)");
        }
    }

    std::optional<StateCode> state_of(const Party& party, const char* pointer) {
        if (party.state_code) return party.state_code;
        if (party.tax_status == TaxStatus::overseas) return StateCode(kOtherCountries);
        if (missing_ == MissingState::refused) {
            faults_.add(pointer, "state_missing",
                        "\"" + party.legal_name.text() +
                            "\" has neither a GSTIN nor an address with a state code");
        }
        return std::nullopt;
    }

    void decide_place() {
        rule_.supplier_state = state_of(*facts_.supplier, "/supplier");
        if (facts_.place_of_supply) {
            if (find_state(facts_.place_of_supply->view()) == nullptr) {
                faults_.add("/place_of_supply", "unknown_state",
                            "the GST state code is two digits, 01 to 38, 96 or 97");
            }
            rule_.place_of_supply = facts_.place_of_supply;
            return because("place_given", "the place of supply was given", "");
        }
        if (is_export(facts_.supply_type)) {
            rule_.place_of_supply = StateCode(kOtherCountries);
            return because("place_export", "goods leave India", "IGST Act s.11(b)");
        }
        if (facts_.ship_to == nullptr || facts_.ship_to_third_party) {
            rule_.place_of_supply = state_of(*facts_.recipient, "/recipient");
            if (facts_.ship_to != nullptr) {
                return because("place_bill_to",
                               "goods go to a third party on the recipient's direction",
                               "IGST Act s.10(1)(b)");
            }
        } else {
            rule_.place_of_supply = state_of(*facts_.ship_to, "/ship_to");
        }
        because("place_ship_to", "where the movement of the goods ends", "IGST Act s.10(1)(a)");
    }

    void decide_components() {
        const bool abroad = rule_.place_of_supply &&
                            rule_.place_of_supply->view() == kOtherCountries &&
                            facts_.supplier->tax_status != TaxStatus::overseas;
        if (abroad && !is_export(facts_.supply_type)) {
            faults_.add("/supply_type", "export_expected",
                        "the place of supply is abroad: name export_with_payment or "
                        "export_without_payment");
        }
        if (!rule_.supplier_state || !rule_.place_of_supply) {
            if (missing_ == MissingState::assumed && (rule_.taxpayer || facts_.reverse_charge)) {
                because("state_assumed", "a state is not known: both are taken to be in one", "");
            }
        } else {
            rule_.inter_state = *rule_.supplier_state != *rule_.place_of_supply;
        }
        if (is_sez(facts_.supply_type)) {
            rule_.inter_state = true;
            because("special_economic_zone", "a supply to a special economic zone is inter-state",
                    "IGST Act s.7(5)(b)");
        }
        if (is_export(facts_.supply_type)) rule_.inter_state = true;
        if (is_zero_rated(facts_.supply_type)) {
            return because("zero_rated", "under bond or letter of undertaking, without payment",
                           "IGST Act s.16(3)(a); CGST Rule 96A");
        }
        if (!rule_.taxpayer && !facts_.reverse_charge) return;
        if (facts_.reverse_charge) {
            because("reverse_charge", "the recipient owes the tax",
                    rule_.inter_state ? "IGST Act s.5(3), (4)" : "CGST Act s.9(3), (4)");
        }
        choose_kinds();
    }

    void choose_kinds() {
        rule_.kinds = tax_kinds(true, rule_.inter_state, rule_.place_of_supply);
        if (rule_.inter_state) {
            return because("inter_state", "a supply between states bears integrated tax",
                           "IGST Act s.5(1), s.7");
        }
        const bool territory = rule_.kinds[1] == TaxKind::utgst;
        because(territory ? "union_territory" : "intra_state",
                "supplier and place of supply are in the same state",
                territory ? "CGST Act s.9(1); UTGST Act s.7(1); IGST Act s.8"
                          : "CGST and SGST Act s.9(1); IGST Act s.8");
    }

    const SupplyFacts& facts_;
    MissingState missing_;
    Faults& faults_;
    SupplyRule rule_;
};

}  // namespace

std::vector<TaxKind> tax_kinds(bool under_gst, bool inter_state,
                               const std::optional<StateCode>& place_of_supply) {
    if (!under_gst) return {TaxKind::tax};
    if (inter_state) return {TaxKind::igst, TaxKind::cess};
    const auto* state = place_of_supply ? find_state(place_of_supply->view()) : nullptr;
    const bool territory = state != nullptr && state->union_territory_tax;
    return {TaxKind::cgst, territory ? TaxKind::utgst : TaxKind::sgst, TaxKind::cess};
}

SupplyRule supply_rule(const SupplyFacts& facts, MissingState missing, Faults& faults) {
    return Decision(facts, missing, faults).take();
}

}  // namespace wharf::domain
