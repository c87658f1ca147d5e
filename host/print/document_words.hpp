// What a document is called and must say, by its kind.
#pragma once

#include <string>
#include <vector>

#include "wharf/model/documents.hpp"

namespace wharf::print {

// TAX INVOICE, DELIVERY CHALLAN, ...
std::string title_of(DocumentKind kind);

// `29 Karnataka`
std::string state_text(const std::optional<StateCode>& code);

// A party as lines of text: names, address, GSTIN, state.
std::vector<std::string> party_lines(const Party& party);

// The sentences that rules demand: reverse charge, exports, composition, the corrected invoice, the
// e-way bill.
std::vector<std::string> endorsements(const IssuedDocument& document);

// CGST, SGST, ...
std::string component_name(TaxKind kind);

}  // namespace wharf::print
