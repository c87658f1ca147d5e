#include "host/domain/documents/documents.hpp"
#include "host/domain/documents/series.hpp"
#include "host/domain/gst/tax_operations.hpp"
#include "host/operations/bind.hpp"
#include "host/operations/bindings.hpp"

namespace wharf::operations {

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
    bind<documents::PutSeries>(registry, &domain::put_document_series);
    bind<documents::ListSeries>(registry, &domain::list_document_series);
}

}  // namespace wharf::operations
