#include "host/domain/gst/tax_figures.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "host/domain/gst/share_out.hpp"

namespace wharf::domain {
namespace {

bool is_half(TaxKind kind) {
    return kind == TaxKind::cgst || kind == TaxKind::sgst || kind == TaxKind::utgst;
}

// The rate that a component takes of a line.
Percent rate_of(TaxKind kind, const TaxedLine& line) {
    if (line.taxability != Taxability::taxable) return {};
    if (kind == TaxKind::cess) return line.cess;
    return is_half(kind) ? Percent::from_raw(line.rate.raw() / 2) : line.rate;
}

// Twice the rate's raw value, so that half of an odd rate is exact.
Int128 doubled_rate(TaxKind kind, const TaxedLine& line) {
    if (line.taxability != Taxability::taxable) return 0;
    if (kind == TaxKind::cess) return Int128{2} * line.cess.raw();
    return (is_half(kind) ? Int128{1} : Int128{2}) * line.rate.raw();
}

class Figures {
public:
    Figures(const SupplyRule& rule, std::vector<TaxedLine>& lines, const FigureOptions& options)
        : rule_(rule), lines_(lines), options_(options), step_(minor_step(options.minor_digits)) {}

    void share_charges(const std::vector<Charge>& charges) {
        Money before;
        for (const auto& charge : charges) {
            (*charge.before_tax ? before : figures_.charges_after_tax) += charge.amount;
        }
        std::vector<std::int64_t> weights;
        for (const auto& line : lines_) weights.push_back(line.amount.raw());
        const auto shares = share_out(before, weights, step_);
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            lines_[i].charges = shares[i];
            lines_[i].taxable = lines_[i].amount + shares[i];
        }
    }

    void tax() {
        if (options_.prices_include_tax && rule_.charged) {
            take_tax_out();
        } else {
            for (const auto kind : rule_.kinds) add_component(kind);
        }
    }

    TaxFigures finish() {
        auto& summary = figures_.summary;
        summary.charged = rule_.charged;
        summary.supply_type = rule_.supply_type;
        summary.supplier_state = rule_.supplier_state;
        summary.place_of_supply = rule_.place_of_supply;
        summary.inter_state = rule_.inter_state;
        summary.reverse_charge = rule_.reverse_charge;
        summary.reasons = rule_.reasons;
        for (auto& line : lines_) {
            const auto tax = tax_of(line.tax);
            summary.taxable += line.taxable;
            (rule_.charged ? summary.tax : summary.reverse_charge_tax) += tax;
            line.total = rule_.charged ? line.taxable + tax : line.taxable;
        }
        add_up();
        figures_.total = summary.taxable + summary.tax + figures_.charges_after_tax;
        if (options_.round_to_unit) {
            const auto rounded = figures_.total.rounded(0);
            figures_.round_off = rounded - figures_.total;
            figures_.total = rounded;
        }
        return std::move(figures_);
    }

private:
    // Each rate's taxable value is taxed once and the result shared out.
    void add_component(TaxKind kind) {
        std::map<Int128, std::vector<std::size_t>> by_rate;
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            if (const auto rate = doubled_rate(kind, lines_[i]); rate > 0) {
                by_rate[rate].push_back(i);
            }
        }
        for (const auto& [rate, members] : by_rate) {
            Int128 taxable = 0;
            std::vector<std::int64_t> weights;
            for (const auto i : members) {
                taxable += lines_[i].taxable.raw();
                weights.push_back(lines_[i].taxable.raw());
            }
            const Int128 divisor = Int128{2} * Percent::kHundred * step_;
            const auto amount =
                Money::from_raw(checked_narrow(divide_half_away(taxable * rate, divisor) * step_));
            const auto shares = share_out(amount, weights, step_);
            for (std::size_t k = 0; k < members.size(); ++k) {
                auto& line = lines_[members[k]];
                line.tax.push_back({kind, rate_of(kind, line), shares[k]});
            }
        }
    }

    // With prices that include it a line's tax is what its taxable value leaves of its price. How
    // much of that is which component is carried on from line to line of a rate, so that the
    // components of a rate are right to the paisa as well.
    void take_tax_out() {
        std::map<std::pair<Percent, Percent>, Carried> carried;
        for (auto& line : lines_) {
            if (line.taxability != Taxability::taxable) continue;
            const Int128 rates = rates_of(line);
            if (rates == 0) continue;
            const auto gross = line.taxable;
            line.taxable = Money::from_raw(
                checked_narrow(divide_half_away(Int128{gross.raw()} * 2 * Percent::kHundred,
                                                (2 * Percent::kHundred + rates) * step_) *
                               step_));
            split(line, gross - line.taxable, rates, carried[{line.rate, line.cess}]);
        }
    }

    struct Carried {
        Int128 tax = 0;                        // of the rate's lines so far, in steps
        std::map<TaxKind, Int128> given = {};  // of it, by component
    };

    Int128 rates_of(const TaxedLine& line) const {
        Int128 rates = 0;
        for (const auto kind : rule_.kinds) rates += doubled_rate(kind, line);
        return rates;
    }

    void split(TaxedLine& line, Money tax, Int128 rates, Carried& carried) const {
        const Int128 steps = tax.raw() / step_;
        carried.tax += steps;
        Int128 left = steps;
        std::vector<std::pair<Int128, TaxKind>> due;  // what is still owed exactly, times rates
        std::map<TaxKind, Int128> part;
        for (const auto kind : rule_.kinds) {
            const auto rate = doubled_rate(kind, line);
            if (rate == 0) continue;
            const Int128 owed = carried.tax * rate - carried.given[kind] * rates;
            part[kind] = std::clamp(owed / rates, Int128{0}, left);
            left -= part[kind];
            due.emplace_back(owed - part[kind] * rates, kind);
        }
        std::stable_sort(due.begin(), due.end(),
                         [](const auto& a, const auto& b) { return a.first > b.first; });
        for (std::size_t i = 0; left > 0; i = (i + 1) % due.size(), --left) ++part[due[i].second];
        for (const auto kind : rule_.kinds) {
            if (doubled_rate(kind, line) == 0) continue;
            carried.given[kind] += part[kind];
            line.tax.push_back(
                {kind, rate_of(kind, line), Money::from_raw(checked_narrow(part[kind] * step_))});
        }
    }

    // The components are the sums of the lines' shares, by kind and rate.
    void add_up() {
        std::map<std::pair<TaxKind, Percent>, TaxComponent> components;
        for (const auto& line : lines_) {
            for (const auto& share : line.tax) {
                auto& component = components[{share.kind, share.rate}];
                component.kind = share.kind;
                component.rate = share.rate;
                component.taxable += line.taxable;
                component.amount += share.amount;
            }
        }
        for (auto& [key, component] : components) {
            figures_.summary.components.push_back(component);
        }
    }

    const SupplyRule& rule_;
    std::vector<TaxedLine>& lines_;
    const FigureOptions& options_;
    std::int64_t step_;
    TaxFigures figures_;
};

}  // namespace

Money tax_of(const std::vector<TaxShare>& tax) {
    Money sum;
    for (const auto& share : tax) sum += share.amount;
    return sum;
}

TaxFigures tax_figures(const SupplyRule& rule, std::vector<TaxedLine>& lines,
                       const std::vector<Charge>& charges, const FigureOptions& options) {
    Figures figures(rule, lines, options);
    figures.share_charges(charges);
    figures.tax();
    return figures.finish();
}

TaxFigures added_up(const SupplyRule& rule, std::vector<TaxedLine>& lines,
                    const FigureOptions& options) {
    return Figures(rule, lines, options).finish();
}

SupplyRule rule_of(const TaxSummary& summary, bool under_gst) {
    SupplyRule rule;
    const bool zero_rated = summary.supply_type == SupplyType::sez_without_payment ||
                            summary.supply_type == SupplyType::export_without_payment;
    if ((summary.charged || summary.reverse_charge) && !zero_rated) {
        rule.kinds = tax_kinds(under_gst, summary.inter_state, summary.place_of_supply);
    }
    rule.charged = summary.charged;
    rule.supply_type = summary.supply_type;
    rule.supplier_state = summary.supplier_state;
    rule.place_of_supply = summary.place_of_supply;
    rule.inter_state = summary.inter_state;
    rule.reverse_charge = summary.reverse_charge;
    rule.taxpayer = summary.charged || summary.reverse_charge;
    rule.reasons = summary.reasons;
    return rule;
}

}  // namespace wharf::domain
