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

// What the two sides are called: a challan has a consigner and a consignee.
std::string supplier_title(DocumentKind kind);
std::string recipient_title(DocumentKind kind);

// Whether its lines have columns of tax: not so a challan's or a bill of supply's.
bool shows_tax(const IssuedDocument& document);

// What stands beside the parties: number, day, place of supply, what it was issued for, transport.
struct Fact {
    std::string label;
    std::string value;
};
std::vector<Fact> facts_of(const IssuedDocument& document);

// What a composition taxpayer has to say on top (CGST Rule 5(1)(f)); empty for others.
std::string subtitle_of(const IssuedDocument& document);

// The sentences that rules demand: reverse charge, exports, the reason of a note, the e-way bill.
std::vector<std::string> endorsements(const IssuedDocument& document);

// The marks of the copies that it is printed in: a challan (CGST Rule 55(2)) and an invoice of
// goods (Rule 48(1)) in three.
std::vector<std::string> marks_of(DocumentKind kind);

// CGST, SGST, ...
std::string component_name(TaxKind kind);

}  // namespace wharf::print
