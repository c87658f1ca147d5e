#include "host/print/document_pdf.hpp"

#include <mutex>
#include <vector>

#include "host/print/document_layout.hpp"
#include "host/print/pdf_canvas.hpp"

namespace wharf::print {
namespace {

// Pango keeps fonts for each thread that draws: one at a time keeps one set of them warm instead of
// one for each of a hundred workers. A page takes milliseconds.
std::mutex& printer() {
    static std::mutex mutex;
    return mutex;
}

std::vector<std::string> marks_of(DocumentKind kind) {
    if (kind == DocumentKind::delivery_challan) {
        return {"ORIGINAL FOR CONSIGNEE", "DUPLICATE FOR TRANSPORTER", "TRIPLICATE FOR CONSIGNER"};
    }
    return {"ORIGINAL FOR RECIPIENT"};
}

}  // namespace

std::string document_pdf(const IssuedDocument& document) {
    const std::lock_guard lock(printer());
    PdfCanvas canvas(document.number.text(), document.created_at.text());
    const auto marks = marks_of(document.kind);
    for (std::size_t i = 0; i < marks.size(); ++i) {
        if (i > 0) canvas.next_page();
        lay_out(canvas, document, marks[i]);
    }
    return canvas.finish();
}

std::string qr_text(const IssuedDocument& document) {
    if (document.registration && document.registration->signed_qr) {
        return document.registration->signed_qr->text();
    }
    std::string text = document.number.text() + "\n" + document.issued_on.text();
    for (const auto* party : {&document.supplier, &document.recipient}) {
        text += "\n" + (party->gstin ? party->gstin->text() : std::string("URP"));
    }
    return text + "\n" + document.currency.text() + " " + document.total.text();
}

}  // namespace wharf::print
