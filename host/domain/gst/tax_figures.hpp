// The arithmetic of tax on a document: exact integers throughout, one rounding for each component
// of each rate, shared out over the lines.
#pragma once

#include <vector>

#include "host/domain/gst/supply_rule.hpp"
#include "wharf/model/tax.hpp"

namespace wharf::domain {

// A line to be taxed, and what it comes to. `amount` is not negative and whole in the minor unit.
struct TaxedLine {
    Money amount;
    Percent rate;
    Percent cess;
    Taxability taxability = Taxability::taxable;

    Money charges = {};
    Money taxable = {};
    std::vector<TaxShare> tax = {};
    Money total = {};
};

struct FigureOptions {
    bool prices_include_tax = false;
    bool round_to_unit = false;  // the total to the rupee
    int minor_digits = 2;
};

struct TaxFigures {
    TaxSummary summary;
    Money charges_after_tax;
    Money round_off;
    Money total;
};

// Fills the lines in. `charges` are not negative and whole in the minor unit.
TaxFigures tax_figures(const SupplyRule& rule, std::vector<TaxedLine>& lines,
                       const std::vector<Charge>& charges, const FigureOptions& options);

// The same for lines whose taxable value and shares are known already (of a credit note).
TaxFigures added_up(const SupplyRule& rule, std::vector<TaxedLine>& lines,
                    const FigureOptions& options);

// The rule that a summary was worked out by, for notes that follow their invoice and for orders
// that were sent.
SupplyRule rule_of(const TaxSummary& summary, bool under_gst);

// The sum of shares.
Money tax_of(const std::vector<TaxShare>& tax);

}  // namespace wharf::domain
