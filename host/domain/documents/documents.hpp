// The operations of operations/documents.hpp as functions on a transaction.
#pragma once

#include "host/domain/transaction.hpp"
#include "wharf/operations/documents.hpp"

namespace wharf::domain {

IssuedDocument issue_document(Transaction& transaction, const documents::Issue& request);
IssuedDocument get_document(Transaction& transaction, const documents::Get& request);
Page<IssuedDocument> list_documents(Transaction& transaction, const documents::List& request);
IssuedDocument void_document(Transaction& transaction, const documents::Void& request);
IssuedDocument set_transport(Transaction& transaction, const documents::SetTransport& request);
IssuedDocument set_registration(Transaction& transaction,
                                const documents::SetRegistration& request);
JsonFile inv_01(Transaction& transaction, const documents::Inv01& request);
JsonFile e_way_bill(Transaction& transaction, const documents::EWayBill& request);

// The account's decisions, or the defaults.
DocumentSettings document_settings(Transaction& transaction);
DocumentSettings get_document_settings(Transaction& transaction,
                                       const documents::GetSettings& request);
DocumentSettings put_document_settings(Transaction& transaction,
                                       const documents::PutSettings& request);

}  // namespace wharf::domain
