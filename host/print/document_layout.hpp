// Where things stand on the pages of a document.
#pragma once

#include <string>

#include "host/print/pdf_canvas.hpp"
#include "wharf/model/documents.hpp"

namespace wharf::print {

// Writes one copy of the document, over as many pages as its lines take. `mark` says which copy.
// Precondition: the canvas stands on a new page; afterwards it stands on the copy's last one.
void lay_out(PdfCanvas& canvas, const IssuedDocument& document, const std::string& mark);

}  // namespace wharf::print
