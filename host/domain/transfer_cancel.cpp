// Cancelling a transfer. Before dispatch what it holds is given back; after it every unit in
// transit must be somewhere.
#include <map>

#include "host/domain/order_steps.hpp"
#include "host/domain/pointers.hpp"
#include "host/domain/transfer.hpp"
#include "host/domain/transfer_differences.hpp"
#include "host/domain/transfer_rules.hpp"
#include "wharf/transfer_events.hpp"

namespace wharf::domain {
namespace {

Transfer call_off(Transaction& transaction, const Transfer& transfer,
                  const transfers::Cancel& request) {
    need_undispatched(transfer, "cancelled");
    if (transfer.status == TransferStatus::approved) {
        need_location(transaction, transfer.source, "cancelled, once it is approved,");
    }
    if (!request.dispositions->empty()) {
        throw Refusal::invalid("/dispositions", "not_dispatched",
                               "nothing of " + transfer.number.text() + " is in transit");
    }
    OrderChange order(transaction, *find_order(transaction, transfer.number));
    for (const auto& known : transfer.lines) {
        auto& line = order.change(known.line);
        if (line.reserved.positive()) order.give_back(line, line.reserved);
        line.cancelled = Quantity(line.cancelled) + line.waiting;
        line.waiting = Count(0);
    }
    settle_status(order.header());
    order.save();
    TransferChange change(transaction, *find_transfer(transaction, transfer.number));
    change.header().reason = request.reason;
    change.save();
    transaction.record<event::OrderCancelled>(transfer.number, order.order());
    transaction.record<event::TransferCancelled>(transfer.number, change.transfer());
    order.allocate_freed();
    return change.transfer();
}

// Each unit in transit has exactly one disposition.
void check_dispositions(const TransferChange& change, const transfers::Cancel& request) {
    Faults faults;
    std::map<std::int32_t, Quantity> named;
    for (std::size_t i = 0; i < request.dispositions->size(); ++i) {
        const auto& one = (*request.dispositions)[i];
        collect(faults, [&] {
            static_cast<void>(change.line(one.line, pointer_at("/dispositions", i, "line")));
        });
        named[one.line] += one.quantity;
    }
    for (const auto& line : change.transfer().lines) {
        if (named[line.line] == Quantity(line.in_transit)) continue;
        faults.add("/dispositions", "disposition_required",
                   "of line " + std::to_string(line.line) + " " +
                       std::to_string(line.in_transit.raw()) +
                       " are in transit: say where all of "
                       "them are (returned_to_source, lost or received_late)");
    }
    faults.add_if(!request.reason, "/reason", "required",
                  "a transfer that is under way is cancelled with its reason");
    faults.refuse_if_any();
}

// What is still on the way becomes a difference, to be resolved at once.
void report_on_the_way(Transaction& transaction, TransferChange& change) {
    for (const auto& known : change.transfer().lines) {
        const Quantity on_the_way = Quantity(known.in_transit) - known.difference;
        if (!on_the_way.positive()) continue;
        TransferDifference difference;
        difference.line = known.line;
        difference.sku = known.sku;
        difference.quantity = on_the_way;
        difference.open = on_the_way;
        difference.owner = Name(transaction.actor().name);
        difference.due_on = transaction.today();
        difference.reported_by = transaction.actor().name;
        difference.reported_at = transaction.now();
        change.change(known.line).difference += on_the_way;
        change.add_difference(std::move(difference));
    }
}

Transfer call_back(Transaction& transaction, TransferChange& change,
                   const transfers::Cancel& request) {
    const auto number = change.transfer().number;
    bool in_transit = false;
    for (const auto& line : change.transfer().lines) {
        in_transit = in_transit || line.in_transit.positive();
    }
    if (!in_transit) {
        throw Refusal::conflict("wrong_status", number.text() + " is " +
                                                    boost::describe::enum_to_string(
                                                        change.transfer().status, "unknown") +
                                                    ": nothing of it is in transit any more");
    }
    check_dispositions(change, request);
    change.header().reason = request.reason;
    report_on_the_way(transaction, change);
    Resolving resolving(transaction, change);
    for (std::size_t i = 0; i < request.dispositions->size(); ++i) {
        const auto& one = (*request.dispositions)[i];
        resolving.resolve({one.line, std::nullopt, one.quantity, one.outcome, one.lot, *one.serials,
                           one.damaged, request.reason},
                          pointer_at("/dispositions", i));
    }
    auto transfer = resolving.finish();
    if (transfer.status == TransferStatus::cancelled) {
        transaction.record<event::TransferCancelled>(number, transfer);
    }
    return transfer;
}

}  // namespace

Transfer cancel_transfer(Transaction& transaction, const transfers::Cancel& request) {
    TransferChange change(transaction, request.number);
    if (!change.transfer().dispatched_at) return call_off(transaction, change.transfer(), request);
    return call_back(transaction, change, request);
}

}  // namespace wharf::domain
