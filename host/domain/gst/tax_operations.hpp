// The operations of operations/tax.hpp as functions on a transaction, and what documents share with
// them.
#pragma once

#include "host/domain/faults.hpp"
#include "host/domain/gst/supply_rule.hpp"
#include "host/domain/gst/tax_figures.hpp"
#include "host/domain/transaction.hpp"
#include "wharf/operations/tax.hpp"

namespace wharf::domain {

tax::Assessment assess_tax(Transaction& transaction, const tax::Assess& request);
tax::TransferDocument document_for_transfer(Transaction& transaction,
                                            const tax::ForTransfer& request);

// The parties of a supply and where its goods go.
struct SupplyParties {
    Party supplier;
    Party recipient;
    std::optional<Party> ship_to;
    bool third_party = false;
};

// From the fields that tax.assess and documents.issue share.
SupplyParties supply_parties(Transaction& transaction, const PartyReference& supplier,
                             const PartyReference& recipient,
                             const std::optional<PartyReference>& ship_to,
                             std::optional<bool> third_party, Faults& faults);

// Refuses negative charges and those with more decimals than the currency has.
void check_charges(const std::vector<Charge>& charges, int minor_digits, Faults& faults);

// The kind of document that the supplier's tax status and the goods allow for an invoice: a bill of
// supply from who is no regular taxpayer or for exempt goods alone (CGST Act s.31(3)(c)).
DocumentKind invoice_kind(const SupplyRule& rule, const std::vector<TaxedLine>& lines);

}  // namespace wharf::domain
