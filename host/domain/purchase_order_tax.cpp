#include "host/domain/purchase_order_tax.hpp"

#include <algorithm>

#include "host/domain/catalog.hpp"
#include "host/domain/gst/parties.hpp"
#include "host/domain/gst/tax_figures.hpp"
#include "host/domain/money_rules.hpp"
#include "host/domain/purchase_order_balance.hpp"

namespace wharf::domain {
namespace {

bool under_gst(const Transaction& transaction) {
    return transaction.account().country.view() == "IN";
}

SupplyRule rule_between(Transaction& transaction, const Party& vendor, const PurchaseOrder& order) {
    const auto buyer = party_of(transaction, get_location(transaction, order.ship_to));
    SupplyFacts facts;
    facts.under_gst = under_gst(transaction);
    facts.supplier = &vendor;
    facts.recipient = &buyer;
    facts.reverse_charge = order.tax.reverse_charge;
    Faults faults;  // an order may go where no invoice could; the invoice will be refused
    return supply_rule(facts, MissingState::assumed, faults);
}

SupplyRule rule_by_catalog(Transaction& transaction, const PurchaseOrder& order) {
    return rule_between(transaction, party_of(transaction, get_vendor(transaction, order.vendor)),
                        order);
}

// As if the vendor still were what the order was sent with.
SupplyRule rule_as_stated(Transaction& transaction, const PurchaseOrder& leg,
                          const TaxSummary& stated) {
    auto vendor = party_of(transaction, get_vendor(transaction, leg.vendor));
    const bool taxpayer = stated.charged || stated.reverse_charge;
    if (taxpayer) vendor.tax_status = TaxStatus::regular;
    if (stated.supplier_state) vendor.state_code = stated.supplier_state;
    auto rule = rule_between(transaction, vendor, leg);
    if (taxpayer) return rule;
    auto untaxed = rule_of(stated, under_gst(transaction));
    untaxed.place_of_supply = rule.place_of_supply;
    untaxed.inter_state = rule.inter_state;
    return untaxed;
}

bool sent(const PurchaseOrder& order) {
    return order.status != PurchaseOrderStatus::draft &&
           order.status != PurchaseOrderStatus::waiting_for_approval;
}

bool keeps_its_tax(const StoredPurchaseOrder& stored) {
    return sent(stored.order) && stored.taxed_for == stored.order.vendor;
}

SupplyRule rule_for(Transaction& transaction, const StoredPurchaseOrder& stored) {
    if (keeps_its_tax(stored)) {
        return rule_of(stored.order.tax, under_gst(transaction));
    }
    return rule_by_catalog(transaction, stored.order);
}

// What a line of an order that was sent bears beyond its rate.
Percent stated_cess(const PurchaseOrderLine& line) {
    const auto cess = std::find_if(line.tax.begin(), line.tax.end(), [](const TaxShare& share) {
        return share.kind == TaxKind::cess;
    });
    return cess == line.tax.end() ? Percent() : cess->rate;
}

std::vector<TaxedLine> taxed_lines(Transaction& transaction, const StoredPurchaseOrder& stored) {
    std::vector<TaxedLine> lines;
    for (const auto& line : stored.order.lines) {
        const auto product = find_product(transaction, line.sku);
        TaxedLine taxed{line.amount, line.tax_rate, {}, Taxability::taxable};
        if (keeps_its_tax(stored) && !line.tax.empty()) {
            taxed.cess = stated_cess(line);
        } else if (product) {
            taxed.cess = product->cess;
            taxed.taxability = product->taxability;
        }
        lines.push_back(taxed);
    }
    return lines;
}

bool same_tax(const std::vector<TaxShare>& a, const std::vector<TaxShare>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const TaxShare& x, const TaxShare& y) {
                          return x.kind == y.kind && x.rate == y.rate && x.amount == y.amount;
                      });
}

// With nothing left to deliver there is nothing left to charge for.
bool nothing_ordered(const PurchaseOrder& order) {
    return std::all_of(order.lines.begin(), order.lines.end(),
                       [](const auto& line) { return still_ordered(line).zero(); });
}

}  // namespace

Money charges_after_tax(const PurchaseOrder& order) {
    Money sum;
    if (nothing_ordered(order)) return sum;
    for (const auto& charge : order.charges) {
        if (!*charge.before_tax) sum += charge.amount;
    }
    return sum;
}

void keep_stated_tax(Transaction& transaction, StoredPurchaseOrder& leg, const TaxSummary& stated) {
    auto& order = leg.order;
    order.tax.reverse_charge = stated.reverse_charge;
    const auto rule = rule_as_stated(transaction, order, stated);
    order.tax.charged = rule.charged;
    order.tax.supply_type = rule.supply_type;
    order.tax.supplier_state = rule.supplier_state;
    order.tax.place_of_supply = rule.place_of_supply;
    order.tax.inter_state = rule.inter_state;
    order.tax.reasons = rule.reasons;
    leg.taxed_for = order.vendor;
}

void tax_purchase_order(Transaction& transaction, StoredPurchaseOrder& stored) {
    auto& order = stored.order;
    const auto rule = rule_for(transaction, stored);
    auto lines = taxed_lines(transaction, stored);
    const auto figures =
        tax_figures(rule, lines, nothing_ordered(order) ? std::vector<Charge>{} : order.charges,
                    {false, false, minor_digits(order.currency.view())});
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto& before = order.lines[i];
        if (before.charges == lines[i].charges && same_tax(before.tax, lines[i].tax)) continue;
        auto& line = stored.edit(i);
        line.charges = lines[i].charges;
        line.tax = lines[i].tax;
    }
    order.tax = figures.summary;
    order.round_off = figures.round_off;
    order.total = figures.total;
    stored.taxed_for = order.vendor;
}

}  // namespace wharf::domain
