#include "host/domain/documents/document_store.hpp"
#include "host/domain/documents/documents.hpp"
#include "host/domain/documents/series.hpp"
#include "host/domain/gst/tax_operations.hpp"
#include "host/operations/bind.hpp"
#include "host/operations/bindings.hpp"
#include "host/print/document_pdf.hpp"

namespace wharf::operations {

namespace {

// A plugin may print from its reads. In a write all other writes of the account would wait for it.
PdfFile document_pdf(CallContext& context, const documents::Pdf& request) {
    if (context.unit().facts.writes) {
        throw Refusal::forbidden("printing_in_a_write", "a write may not print a document",
                                 "print in an operation that reads");
    }
    const auto document = domain::load_document(context.transaction(), request.id);
    return file_of<PdfFile>(document.id.text() + ".pdf", print::document_pdf(document));
}

}  // namespace

void bind_tax(Registry& registry) {
    bind<tax::Assess>(registry, &domain::assess_tax);
    bind<tax::ForTransfer>(registry, &domain::document_for_transfer);
}

void bind_documents(Registry& registry) {
    bind<documents::Issue>(registry, &domain::issue_document);
    bind<documents::Get>(registry, &domain::get_document);
    bind<documents::List>(registry, &domain::list_documents);
    bind<documents::Void>(registry, &domain::void_document);
    bind<documents::SetTransport>(registry, &domain::set_transport);
    bind<documents::SetRegistration>(registry, &domain::set_registration);
    bind<documents::Pdf>(registry, &document_pdf);
    bind<documents::Inv01>(registry, &domain::inv_01);
    bind<documents::EWayBill>(registry, &domain::e_way_bill);
    bind<documents::PutSeries>(registry, &domain::put_document_series);
    bind<documents::ListSeries>(registry, &domain::list_document_series);
    bind<documents::PutSettings>(registry, &domain::put_document_settings);
    bind<documents::GetSettings>(registry, &domain::get_document_settings);
}

}  // namespace wharf::operations
