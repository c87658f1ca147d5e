// An issued document as a printable PDF.
#pragma once

#include <string>

#include "wharf/model/documents.hpp"

namespace wharf::print {

// The bytes of the PDF, the same for the same document. A challan is printed in three marked copies
// (CGST Rule 55(2)), and so is an invoice of goods (Rule 48(1)). May be called from any thread;
// documents are printed one after another. Refused (unavailable `printer_busy`) when too many wait.
std::string document_pdf(const IssuedDocument& document);

// What the QR code of a document says: the portal's signed text where there is one, else number,
// day, GSTINs and total.
std::string qr_text(const IssuedDocument& document);

}  // namespace wharf::print
