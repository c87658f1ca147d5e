// Amending a transfer before it is dispatched. The order does the work; what is kept beside it
// follows.
#include "host/domain/order_steps.hpp"
#include "host/domain/purchase_order_parts.hpp"
#include "host/domain/transfer.hpp"
#include "host/domain/transfer_rules.hpp"
#include "host/domain/transfer_store.hpp"
#include "wharf/transfer_events.hpp"

namespace wharf::domain {
Transfer amend_transfer(Transaction& transaction, const transfers::Amend& request) {
    auto transfer = load_transfer(transaction, request.number);
    transaction.check_version(transfer.version);
    need_undispatched(transfer, "amended");
    need_location(transaction, transfer.source, "amended");
    check_expected_on(transaction, request.expected_on);
    if (!request.lines->empty()) {
        sales::AmendOrder amend;
        amend.number = request.number;
        for (const auto& line : *request.lines) amend.lines->push_back({line.line, line.quantity});
        OrderChange change(transaction, *find_order(transaction, request.number));
        amended(transaction, change, amend);
        transfer = *find_transfer(transaction, request.number);
    }
    TransferChange change(transaction, std::move(transfer));
    if (request.expected_on) change.header().expected_on = request.expected_on;
    if (request.note) change.header().note = request.note;
    change.save();
    const auto& result = change.transfer();
    if (result.status == TransferStatus::cancelled) {
        transaction.record<event::TransferCancelled>(result.number, result);
    } else {
        transaction.record<event::TransferAmended>(result.number, result);
    }
    return result;
}

}  // namespace wharf::domain
