#include "host/domain/documents/series.hpp"

#include <boost/describe/enum_to_string.hpp>

#include "host/domain/documents/series_pattern.hpp"
#include "host/domain/gst/gstin.hpp"
#include "host/domain/gst/states.hpp"
#include "host/domain/pages.hpp"

namespace wharf::domain {
namespace {

std::string text_of(DocumentKind kind) {
    return boost::describe::enum_to_string(kind, "unknown");
}
std::string text_of(const std::optional<DocumentPurpose>& purpose) {
    return purpose ? boost::describe::enum_to_string(*purpose, "unknown") : "";
}

// Numbers are unique per GSTIN; who has none is told apart by its code.
std::string issuer_of(const Party& party) {
    if (party.gstin) return party.gstin->text();
    if (party.vendor) return "vendor:" + party.vendor->text();
    if (party.location) return "own:" + (party.state_code ? party.state_code->text() : "");
    return "party:" + party.legal_name.text();
}

std::string letters_of(const Transaction& transaction, const Party& party) {
    const auto* state = party.state_code ? find_state(party.state_code->view()) : nullptr;
    if (state != nullptr) return std::string(state->letters);
    const auto& address = party.address;
    return address && address->country ? address->country->text()
                                       : transaction.account().country.text();
}

struct Issuer {
    std::string key;
    std::string letters;
    std::string sign;
};

Issuer remembered_issuer(Transaction& transaction, const Party& party) {
    Issuer issuer{issuer_of(party), letters_of(transaction, party), {}};
    auto& session = transaction.session();
    const auto known = session.value<std::int64_t>(
        "SELECT ordinal FROM document_issuer WHERE issuer = :issuer", {{"issuer", issuer.key}});
    const auto ordinal = known ? *known
                               : *session.value<std::int64_t>(
                                     "SELECT COALESCE(MAX(ordinal), 0) + 1 FROM document_issuer "
                                     "WHERE state_letters = :letters",
                                     {{"letters", issuer.letters}});
    if (!known) {
        session.execute(
            "INSERT INTO document_issuer (issuer, state_letters, ordinal) "
            "VALUES (:issuer, :letters, :ordinal)",
            {{"issuer", issuer.key}, {"letters", issuer.letters}, {"ordinal", ordinal}});
    }
    issuer.sign = series_sign(ordinal);
    return issuer;
}

// The account's own pattern for the purpose, else for the kind, else the default.
std::string pattern_for(Transaction& transaction, const Issuer& issuer, DocumentKind kind,
                        DocumentPurpose purpose) {
    const std::string kind_text = text_of(kind);
    const std::string purpose_text = text_of(std::optional(purpose));
    const auto own = transaction.session().value<std::string>(
        "SELECT pattern FROM document_series WHERE gstin = :gstin AND kind = :kind "
        "AND purpose IN (:purpose, '') ORDER BY purpose DESC LIMIT 1",
        {{"gstin", issuer.key}, {"kind", kind_text}, {"purpose", purpose_text}});
    return resolved_pattern(own ? *own : default_pattern(kind, purpose), issuer.letters,
                            issuer.sign);
}

struct SeriesYear {
    std::int64_t last_number = 0;
    std::optional<Date> last_issued_on;
};

SeriesYear series_year(Transaction& transaction, const std::string& pattern,
                       const std::string& year, const std::string& owner) {
    auto row = transaction.session().select(
        "SELECT owner, last_number, last_issued_on FROM document_series_year "
        "WHERE pattern = :pattern AND fiscal_year = :year",
        {{"pattern", pattern}, {"year", year}});
    if (!row.next()) return {};
    if (row.text(0) != owner) {
        throw Refusal::conflict("series_taken",
                                "the series " + pattern + " belongs to other documents",
                                "set another series for these");
    }
    return {row.integer(1), row.get<Date>(2)};
}

void advance(Transaction& transaction, const std::string& pattern, const std::string& year,
             const std::string& owner, std::int64_t number, Date issued_on) {
    auto& session = transaction.session();
    const auto changed = session.execute(
        "UPDATE document_series_year SET last_number = :number, last_issued_on = :day "
        "WHERE pattern = :pattern AND fiscal_year = :year",
        {{"number", number}, {"day", issued_on}, {"pattern", pattern}, {"year", year}});
    if (changed == 1) return;
    session.execute(
        "INSERT INTO document_series_year (pattern, fiscal_year, owner, last_number, "
        "last_issued_on) VALUES (:pattern, :year, :owner, :number, :day)",
        {{"pattern", pattern},
         {"year", year},
         {"owner", owner},
         {"number", number},
         {"day", issued_on}});
}

void refuse_taken_pattern(Transaction& transaction, const documents::PutSeries& request,
                          const std::string& purpose, std::string_view resolved) {
    auto rows = transaction.session().select(
        "SELECT kind, purpose, gstin FROM document_series WHERE pattern = :pattern "
        "AND NOT (gstin = :gstin AND kind = :kind AND purpose = :purpose)",
        {{"pattern", request.pattern},
         {"gstin", request.gstin},
         {"kind", request.kind},
         {"purpose", purpose}});
    bool taken = rows.next() && rows.text(2) == request.gstin.view();
    for (const auto kind :
         {DocumentKind::delivery_challan, DocumentKind::tax_invoice, DocumentKind::bill_of_supply,
          DocumentKind::credit_note, DocumentKind::debit_note}) {
        taken =
            taken || (kind != request.kind &&
                      request.pattern.view() ==
                          default_pattern(kind, request.purpose.value_or(DocumentPurpose::other)));
    }
    if (!taken) return;
    throw Refusal::conflict("series_taken",
                            "the series " + std::string(resolved) + " belongs to other documents",
                            "each kind of document has a series of its own");
}

}  // namespace

std::string fiscal_year_of(const Transaction& transaction, Date day) {
    const auto start = transaction.account().fiscal_year_start.text();  // MM-DD
    const auto text = day.text();
    auto year = *Date::digits(std::string_view(text).substr(0, 4));
    if (start == "01-01") return text.substr(0, 4);
    if (text.substr(5) < start) --year;
    std::string label;
    Date::append_padded(label, year % 100, 2);
    Date::append_padded(label, (year + 1) % 100, 2);
    return label;
}

DocumentNumber next_document_number(Transaction& transaction, const NumberRequest& request) {
    const auto issuer = remembered_issuer(transaction, request.issuer);
    const auto pattern = pattern_for(transaction, issuer, request.kind, request.purpose);
    const auto year = fiscal_year_of(transaction, request.issued_on);
    const auto owner = issuer.key + " " + text_of(request.kind);
    const auto reached = series_year(transaction, pattern, year, owner);
    if (reached.last_issued_on && request.issued_on < *reached.last_issued_on) {
        throw Refusal::invalid("/issued_on", "out_of_order",
                               "the last number of the series is of " +
                                   reached.last_issued_on->text() + ": numbers follow the days");
    }
    const auto number = reached.last_number + 1;
    const auto text = filled_in(pattern, year, number);
    if (!text) {
        throw Refusal::conflict("series_full", "the series " + pattern + " has no more numbers",
                                "set another series");
    }
    advance(transaction, pattern, year, owner, number, request.issued_on);
    return DocumentNumber(*text);
}

DocumentSeries put_document_series(Transaction& transaction, const documents::PutSeries& request) {
    if (auto fault = gstin_fault(request.gstin.view(), std::nullopt, "/gstin")) {
        throw Refusal::invalid({*fault});
    }
    const auto* state = find_state(request.gstin.view().substr(0, 2));
    const auto resolved = resolved_pattern(request.pattern.view(), state->letters, "1");
    if (const auto fault = pattern_fault(resolved)) {
        throw Refusal::invalid("/pattern", "bad_pattern", "the pattern " + *fault);
    }
    const auto purpose = text_of(request.purpose);
    refuse_taken_pattern(transaction, request, purpose, resolved);
    auto& session = transaction.session();
    const auto before = session.value<std::int64_t>(
        "SELECT version FROM document_series WHERE gstin = :gstin AND kind = :kind "
        "AND purpose = :purpose",
        {{"gstin", request.gstin}, {"kind", request.kind}, {"purpose", purpose}});
    transaction.check_version(before.value_or(0));
    DocumentSeries series{request.gstin, request.kind, request.purpose, request.pattern,
                          before.value_or(0) + 1};
    const std::initializer_list<storage::Parameter> values = {{"gstin", series.gstin},
                                                              {"kind", series.kind},
                                                              {"purpose", purpose},
                                                              {"pattern", series.pattern},
                                                              {"version", series.version}};
    session.execute(before ? "UPDATE document_series SET pattern = :pattern, version = :version "
                             "WHERE gstin = :gstin AND kind = :kind AND purpose = :purpose"
                           : "INSERT INTO document_series (gstin, kind, purpose, pattern, version) "
                             "VALUES (:gstin, :kind, :purpose, :pattern, :version)",
                    values);
    return series;
}

Page<DocumentSeries> list_document_series(Transaction& transaction,
                                          const documents::ListSeries& request) {
    const auto limit = page_limit(transaction, request.limit);
    const auto after = decode_cursor(request.after, 3);
    const auto rows_max = static_cast<std::int64_t>(limit) + 1;
    auto rows = transaction.session().select(
        "SELECT gstin, kind, purpose, pattern, version FROM document_series "
        "WHERE gstin > :gstin OR (gstin = :gstin AND (kind > :kind OR "
        "(kind = :kind AND purpose > :purpose))) ORDER BY gstin, kind, purpose LIMIT :rows",
        {{"gstin", after[0]}, {"kind", after[1]}, {"purpose", after[2]}, {"rows", rows_max}});
    return collect_page<DocumentSeries>(
        limit,
        [&]() -> std::optional<DocumentSeries> {
            if (!rows.next()) return std::nullopt;
            DocumentSeries series{rows.get<Gstin>(0),
                                  rows.get<DocumentKind>(1),
                                  {},
                                  rows.get<Text<1, 40>>(3),
                                  rows.integer(4)};
            if (!rows.text(2).empty()) series.purpose = rows.get<DocumentPurpose>(2);
            return series;
        },
        [](const DocumentSeries& series) {
            return encode_cursor(
                {series.gstin.view(), text_of(series.kind), text_of(series.purpose)});
        });
}

}  // namespace wharf::domain
