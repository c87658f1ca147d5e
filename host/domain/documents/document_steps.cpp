// What happens to a document after its issue: read, voided, completed.
#include "host/domain/documents/document_store.hpp"
#include "host/domain/documents/documents.hpp"
#include "host/domain/documents/note_lines.hpp"
#include "host/domain/documents/transport.hpp"
#include "host/domain/faults.hpp"
#include "host/domain/list_query.hpp"
#include "host/limits.hpp"
#include "wharf/document_events.hpp"

namespace wharf::domain {
namespace {

void refuse_void(const IssuedDocument& document, std::string_view step) {
    if (document.status != DocumentStatus::voided) return;
    throw Refusal::conflict("document_void",
                            document.number.text() + " is void and cannot be " + std::string(step));
}

void refuse_with_notes(Transaction& transaction, const IssuedDocument& document) {
    const auto note = transaction.session().value<std::string>(
        "SELECT number FROM issued_document WHERE original = :number AND status = 'issued' "
        "ORDER BY id LIMIT 1",
        {{"number", document.number}});
    if (!note) return;
    throw Refusal::conflict("has_notes", *note + " corrects " + document.number.text(),
                            "void the note first");
}

// A month's invoices and notes are reported in its GSTR-1; a challan is reported nowhere.
void refuse_reported(const Transaction& transaction, const IssuedDocument& document) {
    if (document.registration) {
        throw Refusal::conflict("registered",
                                document.number.text() + " has an invoice reference number",
                                "correct it with a note");
    }
    const bool same_month =
        document.issued_on.text().substr(0, 7) == transaction.today().text().substr(0, 7);
    if (same_month || document.kind == DocumentKind::delivery_challan) return;
    throw Refusal::conflict("reported",
                            document.number.text() + " belongs to the returns of " +
                                document.issued_on.text().substr(0, 7),
                            "correct it with a note");
}

std::string cursor_behind(Transaction& transaction, const DocumentNumber& number) {
    const auto id = transaction.session().value<std::int64_t>(
        "SELECT id FROM issued_document WHERE number = :number", {{"number", number}});
    return encode_cursor({std::to_string(id.value_or(0))});
}

// Bytes of text in a QR code: version 40 at error correction level M (ISO/IEC 18004).
constexpr std::size_t kQrBytesMax = 2331;

// The portal's answer as it can be printed: Rule 46(r) wants its QR code on the invoice.
void check_registration(const InvoiceRegistration& registration, Faults& faults) {
    const auto irn = registration.irn.view();
    faults.add_if(irn.find_first_not_of("0123456789abcdefABCDEF") != std::string_view::npos,
                  "/registration/irn", "bad_irn",
                  "an invoice reference number is 64 hexadecimal digits");
    const auto& qr = registration.signed_qr;
    faults.add_if(qr && qr->view().size() > kQrBytesMax, "/registration/signed_qr", "too_long",
                  "a QR code holds at most 2331 bytes");
}

}  // namespace

IssuedDocument get_document(Transaction& transaction, const documents::Get& request) {
    return load_document(transaction, request.id);
}

Page<IssuedDocument> list_documents(Transaction& transaction, const documents::List& request) {
    const auto limit = page_limit(transaction, request.limit);
    const auto after = decode_counter(request.after);
    const auto& actor = transaction.actor();
    ListQuery query("SELECT number, id FROM issued_document");
    query.where("id > :after", "after", after);
    query.where_equal("kind", request.kind);
    query.where_equal("status", request.status);
    query.where_equal("source_kind", request.source_kind);
    query.where_equal("source_number", request.source_number);
    query.where_equal("original", request.original);
    query.where_equal("vendor", actor.vendor, "actor_vendor");
    if (request.from) query.where("issued_on >= :from_day", "from_day", *request.from);
    if (request.until) query.where("issued_on <= :until_day", "until_day", *request.until);
    query.where_exists_among(
        "SELECT 1 FROM issued_document_place WHERE document = number AND location",
        actor.locations);
    auto numbers = query.numbers_by_id(transaction.session(), limit);
    Page<IssuedDocument> page;
    page.next = std::move(numbers.next);
    std::size_t lines = 0;
    for (const auto& number : numbers.items) {
        if (*request.lines) lines += count_lines(transaction, number);
        // No more of them together than a single document may have.
        if (lines > limits::kDocumentLinesMax && !page.items.empty()) {
            page.next = cursor_behind(transaction, page.items.back().number);
            break;
        }
        page.items.push_back(
            load_document(transaction, number, *request.lines ? Lines::loaded : Lines::left_out));
    }
    return page;
}

IssuedDocument void_document(Transaction& transaction, const documents::Void& request) {
    auto document = load_document_to_change(transaction, request.id);
    refuse_void(document, "voided again");
    refuse_with_notes(transaction, document);
    refuse_reported(transaction, document);
    document.status = DocumentStatus::voided;
    document.reason = request.reason;
    document.voided_at = transaction.now();
    save_document(transaction, document);
    if (document.kind == DocumentKind::credit_note) take_credit_back(transaction, document);
    transaction.record<event::DocumentVoided>(document.number, document);
    return document;
}

IssuedDocument set_transport(Transaction& transaction, const documents::SetTransport& request) {
    auto document = load_document_to_change(transaction, request.id);
    refuse_void(document, "sent");
    Faults faults;
    check_transport(request.transport, faults);
    faults.refuse_if_any();
    auto transport = document.transport.value_or(Transport{});
    merge_transport(transport, request.transport);
    document.transport = transport;
    save_document(transaction, document);
    transaction.record<event::DocumentCompleted>(document.number, document);
    return document;
}

IssuedDocument set_registration(Transaction& transaction,
                                const documents::SetRegistration& request) {
    auto document = load_document_to_change(transaction, request.id);
    refuse_void(document, "registered");
    Faults faults;
    check_registration(request.registration, faults);
    faults.refuse_if_any();
    if (document.kind == DocumentKind::delivery_challan ||
        document.kind == DocumentKind::bill_of_supply) {
        throw Refusal::conflict("no_e_invoice",
                                document.number.text() + " is no document of the invoice portal");
    }
    if (document.registration) {
        if (to_json(*document.registration) == to_json(request.registration)) return document;
        throw Refusal::conflict("registered", document.number.text() +
                                                  " has an invoice reference number already: " +
                                                  document.registration->irn.text());
    }
    document.registration = request.registration;
    save_document(transaction, document);
    transaction.record<event::DocumentCompleted>(document.number, document);
    return document;
}

}  // namespace wharf::domain
