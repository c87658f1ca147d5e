// Working out what a supply is taxed with.
#include <algorithm>

#include "host/domain/catalog.hpp"
#include "host/domain/gst/parties.hpp"
#include "host/domain/gst/tax_operations.hpp"
#include "host/domain/money_rules.hpp"
#include "host/domain/pointers.hpp"
#include "host/domain/purchase_order_parts.hpp"

namespace wharf::domain {
namespace {

TaxedLine taxed_line(Transaction& transaction, const tax::NewLine& request,
                     const std::string& pointer, int digits, Faults& faults) {
    TaxedLine line;
    if (request.sku) {
        const auto product = usable_product(transaction, *request.sku, pointer + "/sku");
        line.rate = product.tax_rate;
        line.cess = product.cess;
        line.taxability = product.taxability;
    }
    line.rate = request.tax_rate.value_or(line.rate);
    line.cess = request.cess.value_or(line.cess);
    line.taxability = request.taxability.value_or(line.taxability);
    check_price(request.unit_price, pointer + "/unit_price", faults);
    faults.add_if(*request.discount < Money(), pointer + "/discount", "negative",
                  "a discount is not negative");
    line.amount = line_amount(request.quantity, request.unit_price, request.discount, digits);
    if (line.amount < Money()) {
        faults.add(pointer + "/discount", "beyond_value",
                   "the discount is more than the line is worth");
        line.amount = Money();
    }
    return line;
}

}  // namespace

SupplyParties supply_parties(Transaction& transaction, const PartyReference& supplier,
                             const PartyReference& recipient,
                             const std::optional<PartyReference>& ship_to,
                             std::optional<bool> third_party, Faults& faults) {
    SupplyParties parties;
    parties.supplier = resolve_party(transaction, supplier, "/supplier", faults);
    parties.recipient = resolve_party(transaction, recipient, "/recipient", faults);
    if (!ship_to) return parties;
    parties.ship_to = resolve_party(transaction, *ship_to, "/ship_to", faults);
    const auto& place = *parties.ship_to;
    const auto& bill_to = parties.recipient;
    const bool another = (place.vendor && place.vendor != bill_to.vendor) ||
                         (place.customer && place.customer != bill_to.customer) ||
                         (place.gstin && place.gstin != bill_to.gstin);
    parties.third_party = third_party.value_or(another);
    return parties;
}

void check_charges(const std::vector<Charge>& charges, int minor_digits, Faults& faults) {
    for (std::size_t i = 0; i < charges.size(); ++i) {
        const auto pointer = pointer_at("/charges", i, "amount");
        faults.add_if(charges[i].amount < Money(), pointer, "negative", "a charge is not negative");
        faults.add_if(charges[i].amount.rounded(minor_digits) != charges[i].amount, pointer,
                      "too_many_decimals",
                      "a charge has at most " + std::to_string(minor_digits) + " decimals");
    }
}

DocumentKind invoice_kind(const SupplyRule& rule, const std::vector<TaxedLine>& lines) {
    const bool taxable = std::any_of(lines.begin(), lines.end(), [](const auto& line) {
        return line.taxability == Taxability::taxable;
    });
    return rule.taxpayer && taxable ? DocumentKind::tax_invoice : DocumentKind::bill_of_supply;
}

tax::Assessment assess_tax(Transaction& transaction, const tax::Assess& request) {
    Faults faults;
    const auto currency = request.currency.value_or(transaction.account().currency);
    const int digits = minor_digits(currency.view());
    const auto parties = supply_parties(transaction, request.supplier, request.recipient,
                                        request.ship_to, request.ship_to_third_party, faults);
    check_two_persons(parties.supplier, parties.recipient, faults);
    check_line_count(request.lines.size(), faults);
    check_charges(request.charges, digits, faults);
    faults.add_if(request.reverse_charge && request.prices_include_tax, "/prices_include_tax",
                  "reverse_charge", "under reverse charge no price includes the tax");
    std::vector<TaxedLine> lines;
    for (std::size_t i = 0; i < request.lines.size(); ++i) {
        collect(faults, [&] {
            lines.push_back(
                taxed_line(transaction, request.lines[i], pointer_at("/lines", i), digits, faults));
        });
    }
    faults.refuse_if_any();
    SupplyFacts facts;
    facts.under_gst = transaction.account().country.view() == "IN";
    facts.supplier = &parties.supplier;
    facts.recipient = &parties.recipient;
    facts.ship_to = parties.ship_to ? &*parties.ship_to : nullptr;
    facts.ship_to_third_party = parties.third_party;
    facts.place_of_supply = request.place_of_supply;
    facts.supply_type = request.supply_type;
    facts.reverse_charge = request.reverse_charge;
    const auto rule = supply_rule(facts, MissingState::refused, faults);
    faults.refuse_if_any();
    const auto figures = tax_figures(rule, lines, request.charges,
                                     {request.prices_include_tax, request.round_to_rupee, digits});
    tax::Assessment reply{invoice_kind(rule, lines), parties.supplier,  parties.recipient,
                          parties.ship_to,           figures.summary,   {},
                          figures.charges_after_tax, figures.round_off, figures.total};
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto& line = lines[i];
        reply.lines.push_back({static_cast<std::int32_t>(i + 1), line.amount, line.charges,
                               line.taxable, line.tax, line.total});
    }
    return reply;
}

}  // namespace wharf::domain
