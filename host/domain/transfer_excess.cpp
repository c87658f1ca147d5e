// Units that came with a transfer and were never dispatched: taken in from @adjustment once
// somebody approves it.
#include "host/domain/allocation.hpp"
#include "host/domain/catalog.hpp"
#include "host/domain/ledger.hpp"
#include "host/domain/transfer.hpp"
#include "host/domain/transfer_rules.hpp"
#include "host/domain/transfer_store.hpp"
#include "wharf/transfer_events.hpp"

namespace wharf::domain {
namespace {

TransferExcess& waiting_excess(TransferChange& change, std::int32_t number) {
    const auto& all = change.transfer().excess;
    const auto index = static_cast<std::size_t>(number) - 1;
    if (number < 1 || index >= all.size()) {
        throw Refusal::not_found("excess",
                                 change.transfer().number.text() + "/" + std::to_string(number));
    }
    if (all[index].status != ExcessStatus::waiting) {
        throw Refusal::conflict("already_decided",
                                "this excess is " + std::string(boost::describe::enum_to_string(
                                                        all[index].status, "unknown")));
    }
    return change.change_excess(index);
}

// As given, else what the transfer's units of the product cost, else what the product costs there.
Money value_of(Transaction& transaction, const Transfer& transfer, const TransferExcess& excess) {
    if (excess.unit_cost) return *excess.unit_cost * excess.quantity;
    for (const auto& line : transfer.lines) {
        if (line.sku != excess.sku || !line.dispatched.positive()) continue;
        return line.value.share(excess.quantity, line.dispatched);
    }
    const auto there =
        average_cost(transaction, excess.sku, transfer.destination, excess.lot, excess.quantity);
    if (there) return *there;
    throw Refusal::conflict("unit_cost_unknown",
                            "nobody knows what \"" + excess.sku.text() + "\" costs",
                            "reject it and report it again with its unit_cost");
}

Transfer finish(Transaction& transaction, TransferChange& change) {
    const auto number = change.transfer().number;
    const bool completed = change.save();
    transaction.record<event::TransferResolved>(number, change.transfer());
    if (completed) transaction.record<event::TransferCompleted>(number, change.transfer());
    return change.transfer();
}

}  // namespace

Transfer approve_excess(Transaction& transaction, const transfers::ApproveExcess& request) {
    TransferChange change(transaction, request.number);
    const auto& transfer = change.transfer();
    need_location(transaction, transfer.destination, "received");
    auto& excess = waiting_excess(change, request.excess);
    const auto location = end_of_transfer(transaction, transfer.destination);
    const auto value = value_of(transaction, transfer, excess);
    move(transaction, {excess.sku, excess.lot, excess.quantity, excess.serials, Outside::adjustment,
                       Position{location.code, location.default_bin, Condition::sellable}, value,
                       "transfer excess", transfer.number});
    excess.status = ExcessStatus::approved;
    excess.decided_by = transaction.actor().name;
    allocate(transaction, excess.sku, transfer.destination);
    change.pegs_changed();
    return finish(transaction, change);
}

Transfer reject_excess(Transaction& transaction, const transfers::RejectExcess& request) {
    TransferChange change(transaction, request.number);
    need_location(transaction, change.transfer().destination, "received");
    auto& excess = waiting_excess(change, request.excess);
    excess.status = ExcessStatus::rejected;
    excess.decided_by = transaction.actor().name;
    excess.reason = request.reason;
    return finish(transaction, change);
}

}  // namespace wharf::domain
