#include "host/domain/documents/document_store.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "host/domain/stored_json.hpp"

namespace wharf::domain {
namespace {

std::array<const Party*, 4> parties_of(const IssuedDocument& document) {
    return {&document.supplier, &document.recipient,
            document.dispatch_from ? &*document.dispatch_from : nullptr,
            document.ship_to ? &*document.ship_to : nullptr};
}

std::set<LocationCode> places_of(const IssuedDocument& document) {
    std::set<LocationCode> places;
    for (const auto* party : parties_of(document)) {
        if (party != nullptr && party->location) places.insert(*party->location);
    }
    return places;
}

std::optional<VendorCode> vendor_of(const IssuedDocument& document) {
    return document.supplier.vendor ? document.supplier.vendor : document.recipient.vendor;
}

// The document as its body keeps it: without lines, which have rows of their own.
std::string body_of(const IssuedDocument& document) {
    auto header = document;
    header.lines.clear();
    return to_json(header);
}

void load_lines(Transaction& transaction, IssuedDocument& document) {
    auto row = transaction.session().select(
        "SELECT body, credited_quantity, credited_taxable FROM issued_document_line "
        "WHERE document = :number ORDER BY line",
        {{"number", document.number}});
    while (row.next()) {
        auto line = from_stored<DocumentLine>(row.text(0));
        line.credited_quantity = row.get<Count>(1);
        line.credited_taxable = row.get<Money>(2);
        document.lines.push_back(std::move(line));
    }
}

}  // namespace

DocumentNumber path_id(const DocumentNumber& number) {
    auto text = number.text();
    std::replace(text.begin(), text.end(), '/', '_');
    return DocumentNumber(std::move(text));
}

bool sees_document(const Transaction& transaction, const IssuedDocument& document) {
    const auto& actor = transaction.actor();
    if (actor.vendor && document.supplier.vendor != actor.vendor &&
        document.recipient.vendor != actor.vendor) {
        return false;
    }
    if (actor.locations.empty()) return true;
    const auto parties = parties_of(document);
    return std::any_of(parties.begin(), parties.end(), [&](const Party* party) {
        return party != nullptr && party->location && actor.sees(*party->location);
    });
}

std::size_t count_lines(Transaction& transaction, const DocumentNumber& number) {
    const auto count = transaction.session().value<std::int64_t>(
        "SELECT COUNT(*) FROM issued_document_line WHERE document = :number", {{"number", number}});
    return static_cast<std::size_t>(count.value_or(0));
}

std::optional<IssuedDocument> find_document(Transaction& transaction, const DocumentNumber& id,
                                            Lines lines) {
    auto number = id.text();
    std::replace(number.begin(), number.end(), '_', '/');
    std::optional<IssuedDocument> document;
    {
        auto row = transaction.session().select(
            "SELECT body, version FROM issued_document WHERE number = :number",
            {{"number", number}});
        if (!row.next()) return std::nullopt;
        document = from_stored<IssuedDocument>(row.text(0));
        document->version = row.integer(1);
    }
    if (!sees_document(transaction, *document)) return std::nullopt;
    if (lines == Lines::loaded) load_lines(transaction, *document);
    return document;
}

IssuedDocument load_document(Transaction& transaction, const DocumentNumber& id, Lines lines) {
    auto document = find_document(transaction, id, lines);
    if (!document) throw Refusal::not_found("document", id.view());
    return std::move(*document);
}

IssuedDocument load_document_to_change(Transaction& transaction, const DocumentNumber& id) {
    auto document = load_document(transaction, id);
    transaction.check_version(document.version);
    return document;
}

void insert_document(Transaction& transaction, const IssuedDocument& document) {
    auto& session = transaction.session();
    const auto vendor = vendor_of(document);
    const auto body = body_of(document);
    session.execute(
        "INSERT INTO issued_document (number, id, kind, status, source_kind, source_number, "
        "original, issued_on, vendor, version, body) VALUES (:number, :id, :kind, :status, "
        ":source_kind, :source_number, :original, :issued_on, :vendor, :version, :body)",
        {{"number", document.number},
         {"id", transaction.next("issued_document")},
         {"kind", document.kind},
         {"status", document.status},
         {"source_kind", document.source.kind},
         {"source_number", document.source.number},
         {"original", document.original},
         {"issued_on", document.issued_on},
         {"vendor", vendor},
         {"version", document.version},
         {"body", body}});
    for (const auto& place : places_of(document)) {
        session.execute(
            "INSERT INTO issued_document_place (document, location) VALUES (:document, :location)",
            {{"document", document.number}, {"location", place}});
    }
    for (const auto& line : document.lines) {
        const auto text = to_json(line);
        session.execute(
            "INSERT INTO issued_document_line (document, line, credited_quantity, "
            "credited_taxable, body) VALUES (:document, :line, 0, 0, :body)",
            {{"document", document.number}, {"line", line.line}, {"body", text}});
    }
}

void save_document(Transaction& transaction, IssuedDocument& document) {
    ++document.version;
    const auto body = body_of(document);
    transaction.session().execute(
        "UPDATE issued_document SET status = :status, version = :version, body = :body "
        "WHERE number = :number",
        {{"status", document.status},
         {"version", document.version},
         {"body", body},
         {"number", document.number}});
}

void save_credited(Transaction& transaction, const DocumentNumber& number,
                   const DocumentLine& line) {
    transaction.session().execute(
        "UPDATE issued_document_line SET credited_quantity = :quantity, "
        "credited_taxable = :taxable WHERE document = :number AND line = :line",
        {{"quantity", line.credited_quantity},
         {"taxable", line.credited_taxable},
         {"number", number},
         {"line", line.line}});
}

}  // namespace wharf::domain
