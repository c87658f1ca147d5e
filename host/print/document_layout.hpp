// Where things stand on the pages of a document.
#pragma once

#include <string>

#include "host/print/pdf_canvas.hpp"
#include "wharf/model/documents.hpp"

namespace wharf::print {

// Writes the document on a new canvas, over as many pages as its lines take.
void lay_out(PdfCanvas& canvas, const IssuedDocument& document);

// What differs from copy to copy and from page to page: the copy's mark, the page's number.
void lay_over(PdfCanvas& canvas, const IssuedDocument& document, const std::string& mark,
              const PdfCanvas::Leaf& leaf);

}  // namespace wharf::print
