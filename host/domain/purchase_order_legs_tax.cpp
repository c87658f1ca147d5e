#include "host/domain/purchase_order_legs_tax.hpp"

#include <algorithm>

#include "host/domain/gst/sums.hpp"
#include "host/domain/stored_json.hpp"

namespace wharf::domain {
namespace {

void add_reason(std::vector<TaxReason>& sum, TaxReason reason) {
    const bool known = std::any_of(sum.begin(), sum.end(), [&](const TaxReason& other) {
        return other.code == reason.code && other.detail == reason.detail;
    });
    if (!known) sum.push_back(std::move(reason));
}

bool supplied_alike(const TaxSummary& a, const TaxSummary& b) {
    return a.supply_type == b.supply_type && a.place_of_supply == b.place_of_supply &&
           a.inter_state == b.inter_state;
}

// The summaries of all legs as one.
class Summed {
public:
    void add(TaxSummary leg) {
        if (first_) {
            sum_ = std::move(leg);
            first_ = false;
            return;
        }
        differ_ = differ_ || !supplied_alike(sum_, leg);
        sum_.charged = sum_.charged || leg.charged;
        sum_.reverse_charge = sum_.reverse_charge || leg.reverse_charge;
        sum_.taxable += leg.taxable;
        sum_.tax += leg.tax;
        sum_.reverse_charge_tax += leg.reverse_charge_tax;
        add_up(sum_.components, leg.components);
        for (auto& reason : leg.reasons) add_reason(sum_.reasons, std::move(reason));
    }

    TaxSummary take() {
        if (differ_) {
            sum_.supply_type = SupplyType::regular;
            sum_.place_of_supply.reset();
            sum_.inter_state = false;
            add_reason(sum_.reasons, {"legs_differ", "each leg is taxed by where it goes", ""});
        }
        return std::move(sum_);
    }

private:
    TaxSummary sum_;
    bool first_ = true;
    bool differ_ = false;
};

void sum_headers(Transaction& transaction, PurchaseOrder& parent) {
    auto row = transaction.session().select(
        "SELECT o.amount, o.charges, o.tax, o.round_off, o.total FROM split_leg g "
        "JOIN purchase_order o ON o.number = g.number WHERE g.parent = :parent AND EXISTS "
        "(SELECT 1 FROM purchase_order_line l WHERE l.purchase_order = o.number "
        "AND l.quantity > l.cancelled) ORDER BY g.leg",
        {{"parent", parent.number}});
    Summed summed;
    while (row.next()) {
        if (row.is_null(2)) {  // an order of before there was tax is worth its goods
            TaxSummary untaxed;
            untaxed.taxable = row.get<Money>(0);
            summed.add(std::move(untaxed));
            parent.total += row.get<Money>(0);
            continue;
        }
        add_up(parent.charges, from_stored<std::vector<Charge>>(row.text(1)));
        summed.add(from_stored<TaxSummary>(row.text(2)));
        parent.round_off += row.get<Money>(3);
        parent.total += row.get<Money>(4);
    }
    parent.tax = summed.take();
}

void sum_lines(Transaction& transaction, PurchaseOrder& parent) {
    auto row = transaction.session().select(
        "SELECT k.parent_line, l.charges, l.tax FROM split_leg g "
        "JOIN split_leg_line k ON k.number = g.number "
        "JOIN purchase_order_line l ON l.purchase_order = k.number AND l.line = k.line "
        "WHERE g.parent = :parent AND l.tax IS NOT NULL ORDER BY k.parent_line, g.leg",
        {{"parent", parent.number}});
    auto line = parent.lines.begin();
    while (row.next()) {
        while (line != parent.lines.end() && line->line != row.integer(0)) ++line;
        if (line == parent.lines.end()) return;
        line->charges += row.get<std::optional<Money>>(1).value_or(Money());
        add_up(line->tax, from_stored<std::vector<TaxShare>>(row.text(2)));
    }
}

}  // namespace

void sum_tax_of_legs(Transaction& transaction, PurchaseOrder& parent) {
    parent.charges.clear();
    parent.round_off = Money();
    parent.total = Money();
    sum_headers(transaction, parent);
    sum_lines(transaction, parent);
}

}  // namespace wharf::domain
