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

}  // namespace wharf::domain
