// What the account has decided about its documents.
#include "host/domain/documents/documents.hpp"

namespace wharf::domain {

DocumentSettings document_settings(Transaction& transaction) {
    auto row = transaction.session().select(
        "SELECT e_invoicing, e_way_bill_limit, version FROM document_settings WHERE id = 1");
    if (!row.next()) return {};
    return {row.get<bool>(0), row.get<std::optional<Money>>(1), row.integer(2)};
}

DocumentSettings get_document_settings(Transaction& transaction, const documents::GetSettings&) {
    return document_settings(transaction);
}

DocumentSettings put_document_settings(Transaction& transaction,
                                       const documents::PutSettings& request) {
    const auto before = document_settings(transaction);
    transaction.check_version(before.version);
    if (request.e_way_bill_limit && *request.e_way_bill_limit < Money()) {
        throw Refusal::invalid("/e_way_bill_limit", "negative", "a limit is not negative");
    }
    const DocumentSettings settings{request.e_invoicing, request.e_way_bill_limit,
                                    before.version + 1};
    transaction.session().execute(
        before.version > 0
            ? "UPDATE document_settings SET e_invoicing = :e_invoicing, e_way_bill_limit = :limit, "
              "version = :version WHERE id = 1"
            : "INSERT INTO document_settings (id, e_invoicing, e_way_bill_limit, version) "
              "VALUES (1, :e_invoicing, :limit, :version)",
        {{"e_invoicing", settings.e_invoicing},
         {"limit", settings.e_way_bill_limit},
         {"version", settings.version}});
    return settings;
}

}  // namespace wharf::domain
