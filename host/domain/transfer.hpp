// The steps of a transfer. Each gives the transfer as it now is.
#pragma once

#include "host/domain/transaction.hpp"
#include "wharf/operations/transfers.hpp"

namespace wharf::domain {

Transfer create_transfer(Transaction& transaction, const transfers::Create& request);
Transfer amend_transfer(Transaction& transaction, const transfers::Amend& request);
Transfer approve_transfer(Transaction& transaction, const transfers::Approve& request);
Transfer dispatch_transfer(Transaction& transaction, const transfers::Dispatch& request);
Transfer receive_transfer(Transaction& transaction, const transfers::Receive& request);
Transfer resolve_difference(Transaction& transaction, const transfers::Resolve& request);
Transfer cancel_transfer(Transaction& transaction, const transfers::Cancel& request);
Transfer approve_excess(Transaction& transaction, const transfers::ApproveExcess& request);
Transfer reject_excess(Transaction& transaction, const transfers::RejectExcess& request);

Transfer get_transfer(Transaction& transaction, const transfers::Get& request);
Page<Transfer> list_transfers(Transaction& transaction, const transfers::List& request);
Page<OpenDifference> list_differences(Transaction& transaction,
                                      const transfers::ListDifferences& request);
Page<TransferPart> transfer_parts(Transaction& transaction, const transfers::Parts& request);

}  // namespace wharf::domain
