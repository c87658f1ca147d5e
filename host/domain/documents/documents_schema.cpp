#include "host/domain/documents/documents_schema.hpp"

namespace wharf::domain {
namespace {

using storage::Table;

using enum storage::ColumnType;

// The document stands in `body`, without its lines, as it was given out; what is searched by or
// changes later is a column beside it. `id` counts up in the order of issue.
Table issued_document() {
    return {"issued_document",
            {{"number"},
             {"id", integer},
             {"kind"},
             {"status"},
             {"source_kind"},
             {"source_number"},
             {"original", text, true},
             {"issued_on", integer},
             {"vendor", text, true},  // that is a party to it
             {"version", integer},
             {"body"}},
            {"number"},
            {{"issued_document_id", {"id"}, true},
             {"issued_document_source", {"source_kind", "source_number", "id"}},
             {"issued_document_original", {"original", "id"}}},
            true};
}

// The account's locations that a document concerns: who is bound to one of them sees it.
Table issued_document_place() {
    return {"issued_document_place", {{"document"}, {"location"}}, {"document", "location"}};
}

Table issued_document_line() {
    return {"issued_document_line",
            {{"document"},
             {"line", integer},
             {"credited_quantity", integer},
             {"credited_taxable", integer},
             {"body"}},
            {"document", "line"},
            {},
            true};
}

// A series that the account set in place of the default. `purpose` is empty for all.
Table document_series() {
    return {"document_series",
            {{"gstin"}, {"kind"}, {"purpose"}, {"pattern"}, {"version", integer}},
            {"gstin", "kind", "purpose"},
            {{"document_series_pattern", {"pattern"}}}};
}

// Who issues documents, and the sign that tells its default series from those of others in a state.
Table document_issuer() {
    return {"document_issuer",
            {{"issuer"}, {"state_letters"}, {"ordinal", integer}},
            {"issuer"},
            {{"document_issuer_ordinal", {"state_letters", "ordinal"}, true}}};
}

// How far a series has come in a fiscal year.
Table document_series_year() {
    return {"document_series_year",
            {{"pattern"},
             {"fiscal_year"},
             {"owner"},
             {"last_number", integer},
             {"last_issued_on", integer}},
            {"pattern", "fiscal_year"}};
}

// One row, once something was decided.
Table document_settings() {
    return {"document_settings",
            {{"id", integer},
             {"e_invoicing", integer},
             {"e_way_bill_limit", integer, true},
             {"version", integer}},
            {"id"}};
}

}  // namespace

const storage::Schema& documents_schema() {
    static const storage::Schema schema = {
        {110,
         "issued documents and their series",
         {issued_document(), issued_document_place(), issued_document_line(), document_series(),
          document_issuer(), document_series_year()}},
        {111, "settings of documents", {document_settings()}}};
    return schema;
}

}  // namespace wharf::domain
