// An issued document as a printable PDF.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "wharf/model/documents.hpp"

namespace wharf::print {

// An ordinary document takes some milliseconds, the largest some seconds: so many may stand at the
// printer, and wait for their turn so long.
constexpr std::size_t kPrintQueueMax = 32;
constexpr std::chrono::seconds kPrintWaitMax{5};

// The bytes of the PDF, the same for the same document. A challan is printed in three marked copies
// (CGST Rule 55(2)), and so is an invoice of goods (Rule 48(1)). May be called from any thread;
// documents are printed one after another. Refused (unavailable `printer_busy`) when too many wait.
std::string document_pdf(const IssuedDocument& document);

// What the QR code of a document says: the portal's signed text where there is one, else number,
// day, GSTINs and total.
std::string qr_text(const IssuedDocument& document);

}  // namespace wharf::print
