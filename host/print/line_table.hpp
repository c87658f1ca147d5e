// The table of a document's lines.
#pragma once

#include "host/print/page_flow.hpp"
#include "wharf/model/documents.hpp"

namespace wharf::print {

// Writes the table with its titles, again on each page that it goes on, and the sums below it.
void put_lines(PdfCanvas& canvas, PageFlow& flow, const IssuedDocument& document);

}  // namespace wharf::print
