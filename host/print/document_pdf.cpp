#include "host/print/document_pdf.hpp"

#include <atomic>
#include <semaphore>
#include <vector>

#include "host/limits.hpp"
#include "host/print/document_layout.hpp"
#include "host/print/document_words.hpp"
#include "host/print/pdf_canvas.hpp"
#include "host/sanitizer_suppressions.hpp"
#include "wharf/refusal.hpp"

namespace wharf::print {
namespace {

// Pango keeps fonts for each thread that draws: one at a time keeps one set of them warm instead of
// one for each worker. Those who wait are few and do not wait for long, so that a crowd at the
// printer leaves workers for everything else.
class Printer {
public:
    class Turn {
    public:
        explicit Turn(Printer& printer) : printer_(printer) {
            const bool room = ++printer_.here_ <= limits::kPrintQueueMax;
            if (room && printer_.paper_.try_acquire_for(limits::kPrintWaitMax)) return;
            --printer_.here_;
            throw Refusal::unavailable("printer_busy", "others are printing their documents",
                                       "ask again in a moment");
        }
        ~Turn() {
            printer_.paper_.release();
            --printer_.here_;
        }
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;

    private:
        Printer& printer_;
    };

private:
    // Not a timed mutex: the thread sanitizer does not see that one being locked.
    std::binary_semaphore paper_{1};
    std::atomic<std::size_t> here_ = 0;  // who prints, and who waits
};

Printer& printer() {
    static Printer printer;
    return printer;
}

}  // namespace

std::string document_pdf(const IssuedDocument& document) {
    const Printer::Turn turn(printer());
    PdfCanvas canvas;
    lay_out(canvas, document);
    const auto marks = marks_of(document.kind);
    return canvas.finish(document.number.text(), document.created_at.text(), marks.size(),
                         [&](PdfCanvas& page, const PdfCanvas::Leaf& leaf) {
                             lay_over(page, document, marks[leaf.copy], leaf);
                         });
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
