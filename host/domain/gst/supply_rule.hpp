// Who charges which components on a supply, and why: the decisions before any arithmetic.
#pragma once

#include <optional>
#include <vector>

#include "host/domain/faults.hpp"
#include "wharf/model/tax.hpp"

namespace wharf::domain {

// The facts of a supply that decide. `ship_to` null: goods go to the recipient.
struct SupplyFacts {
    bool under_gst = true;  // the account is in India
    const Party* supplier = nullptr;
    const Party* recipient = nullptr;
    const Party* ship_to = nullptr;
    bool ship_to_third_party = false;
    std::optional<StateCode> place_of_supply;  // a given one is kept
    SupplyType supply_type = SupplyType::regular;
    bool reverse_charge = false;
};

// What a missing state means: a document cannot be issued without it, an order may assume that both
// are in one state and says so.
enum class MissingState { refused, assumed };

// The components that each taxed line bears, with half or all of its rate.
struct SupplyRule {
    std::vector<TaxKind> kinds;  // empty: no tax at all
    bool charged = false;        // by the supplier
    SupplyType supply_type = SupplyType::regular;
    std::optional<StateCode> supplier_state;
    std::optional<StateCode> place_of_supply;
    bool inter_state = false;
    bool reverse_charge = false;
    bool taxpayer = false;  // the supplier may issue tax invoices
    std::vector<TaxReason> reasons;
};

// The components of a taxed supply: within a state by its kind.
std::vector<TaxKind> tax_kinds(bool under_gst, bool inter_state,
                               const std::optional<StateCode>& place_of_supply);

// Faults point into a request with the fields of tax.assess.
SupplyRule supply_rule(const SupplyFacts& facts, MissingState missing, Faults& faults);

}  // namespace wharf::domain
