// Where units turned out to be that left and did not come: resolving a difference, and cancelling a
// transfer that is under way, which resolves all of it at once.
#include "host/domain/transfer_differences.hpp"
#include "host/domain/allocation.hpp"
#include "host/domain/pointers.hpp"
#include "host/domain/shipped_parts.hpp"
#include "host/domain/transfer.hpp"
#include "host/domain/transfer_rules.hpp"
#include "wharf/transfer_events.hpp"

namespace wharf::domain {
namespace {

std::string_view reason_of(DifferenceOutcome outcome) {
    switch (outcome) {
        case DifferenceOutcome::returned_to_source:
            return "returned to source";
        case DifferenceOutcome::received_late:
            return "received late";
        default:
            return "lost in transit";
    }
}

}  // namespace

Resolving::Resolving(Transaction& transaction, TransferChange& change)
    : transaction_(transaction), change_(change) {}

void Resolving::need_place(DifferenceOutcome outcome) const {
    const auto& transfer = change_.transfer();
    if (outcome == DifferenceOutcome::returned_to_source) {
        need_location(transaction_, transfer.source, "taken back");
    } else if (outcome == DifferenceOutcome::received_late) {
        need_location(transaction_, transfer.destination, "received");
    }
}

End Resolving::target(const Found& found) const {
    const auto& transfer = change_.transfer();
    if (found.outcome == DifferenceOutcome::lost) return Outside::loss;
    const bool back = found.outcome == DifferenceOutcome::returned_to_source;
    const auto location =
        end_of_transfer(transaction_, back ? transfer.source : transfer.destination);
    return Position{location.code, location.default_bin,
                    found.damaged ? Condition::damaged : Condition::sellable};
}

void Resolving::resolve(const Found& found, const std::string& pointer) {
    need_place(found.outcome);
    auto& line = change_.change(found.line);
    std::string reason(reason_of(found.outcome));
    if (found.reason) reason += ": " + found.reason->text().substr(0, kReasonBytes);
    const auto parts = move_out_of_transit(
        transaction_, change_.transfer().number,
        {line, found.quantity, found.lot, found.serials, pointer}, target(found), reason);
    count(found, line, parts);
    book_on_differences(found, value_of(parts));
}

void Resolving::count(const Found& found, TransferLine& line,
                      const std::vector<TransitPart>& parts) {
    const auto& transfer = change_.transfer();
    switch (found.outcome) {
        case DifferenceOutcome::returned_to_source:
            line.returned += found.quantity;
            returned_[line.line] += found.quantity;
            for (const auto& part : parts) {
                ShippedPart shipped;
                shipped.part = part.part;
                note_returned(transaction_, {transfer.number, line.line}, shipped, part.quantity,
                              part.value);
            }
            if (!found.damaged) freed_.insert({transfer.source, line.sku});
            return;
        case DifferenceOutcome::received_late:
            line.received += found.quantity;
            if (found.damaged) line.damaged += found.quantity;
            if (!found.damaged) freed_.insert({transfer.destination, line.sku});
            return;
        default:
            line.lost += found.quantity;
            return;
    }
}

// The units belong to open differences of their line, oldest first.
void Resolving::book_on_differences(const Found& found, Money value) {
    Quantity left = found.quantity;
    Money value_left = value;
    const auto& all = change_.transfer().differences;
    for (std::size_t i = 0; i < all.size() && left.positive(); ++i) {
        if (all[i].line != found.line || !all[i].open.positive()) continue;
        if (found.difference && all[i].difference != *found.difference) continue;
        auto& difference = change_.change_difference(i);
        const auto some = std::min(left, Quantity(difference.open));
        const auto share = some == left ? value_left : value_left.share(some, left);
        difference.open -= some;
        difference.resolutions.push_back({found.outcome, some, share, found.reason,
                                          transaction_.actor().name, transaction_.now()});
        auto& line = change_.change(found.line);
        line.difference -= some;
        left -= some;
        value_left -= share;
    }
    if (left.positive()) throw std::logic_error("units resolved that no difference is open for");
}

Transfer Resolving::finish() {
    const auto number = change_.transfer().number;
    const bool completed = change_.save();
    if (!returned_.empty()) {
        OrderChange order(transaction_, *find_order(transaction_, number));
        for (const auto& [line, quantity] : returned_) order.change(line).returned += quantity;
        order.save();
    }
    for (const auto& [location, sku] : freed_) allocate(transaction_, sku, location);
    auto transfer = *find_transfer(transaction_, number);
    transaction_.record<event::TransferResolved>(number, transfer);
    if (completed) transaction_.record<event::TransferCompleted>(number, transfer);
    return transfer;
}

Transfer resolve_difference(Transaction& transaction, const transfers::Resolve& request) {
    TransferChange change(transaction, request.number);
    const auto& all = change.transfer().differences;
    const auto index = static_cast<std::size_t>(request.difference) - 1;
    if (request.difference < 1 || index >= all.size()) {
        throw Refusal::invalid(
            "/difference", "unknown_difference",
            request.number.text() + " has no difference " + std::to_string(request.difference));
    }
    const auto& difference = all[index];
    const auto quantity = request.quantity.value_or(difference.open);
    if (!difference.open.positive()) {
        throw Refusal::conflict("already_resolved",
                                "difference " + std::to_string(request.difference) + " of " +
                                    request.number.text() + " is resolved");
    }
    Faults faults;
    faults.conflict_if(quantity > difference.open, "/quantity", "exceeds_difference",
                       std::to_string(difference.open.raw()) + " are unresolved");
    faults.add_if(request.outcome == DifferenceOutcome::lost && !request.reason, "/reason",
                  "required", "a loss is booked with its reason");
    faults.refuse_if_any();
    Resolving resolving(transaction, change);
    resolving.resolve({difference.line, request.difference, quantity, request.outcome, request.lot,
                       *request.serials, request.damaged, request.reason},
                      "");
    return resolving.finish();
}

}  // namespace wharf::domain
