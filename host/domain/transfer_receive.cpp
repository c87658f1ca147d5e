// Receiving a transfer, in one or several steps: good and damaged units at the cost they left with,
// missing ones as a difference with an owner, and what was never dispatched as excess.
#include <map>

#include "host/domain/allocation.hpp"
#include "host/domain/catalog.hpp"
#include "host/domain/pointers.hpp"
#include "host/domain/serial_places.hpp"
#include "host/domain/serials.hpp"
#include "host/domain/transfer.hpp"
#include "host/domain/transfer_rules.hpp"
#include "host/domain/transfer_store.hpp"
#include "host/domain/transit_parts.hpp"
#include "wharf/transfer_events.hpp"

namespace wharf::domain {
namespace {

using transfers::ExcessLine;
using transfers::ReceiveLine;

Quantity on_the_way(const TransferLine& line) {
    return Quantity(line.in_transit) - line.difference;
}

class TransferReceiving {
public:
    TransferReceiving(Transaction& transaction, TransferChange& change,
                      const transfers::Receive& request)
        : transaction_(transaction), change_(change), request_(request) {}

    void run() {
        check();
        const auto location = end_of_transfer(transaction_, change_.transfer().destination);
        const auto bin = request_.bin.value_or(location.default_bin);
        for (std::size_t i = 0; i < request_.lines->size(); ++i) take_in(i, bin);
        if (request_.complete) report_the_rest();
        for (const auto& excess : *request_.excess) report_excess(excess);
    }

    // Good units by line: what goes to those who wait for it.
    [[nodiscard]] const std::map<std::int32_t, Quantity>& arrived() const { return arrived_; }

private:
    void check() {
        std::map<std::int32_t, Quantity> sums;
        bool missing = false;
        for (std::size_t i = 0; i < request_.lines->size(); ++i) {
            const auto& wanted = (*request_.lines)[i];
            const auto pointer = pointer_at("/lines", i);
            collect(faults_, [&] { check_line(wanted, sums, pointer); });
            missing = missing || wanted.missing->positive();
        }
        if (request_.complete) missing = missing || leaves_rest(sums);
        for (std::size_t i = 0; i < request_.excess->size(); ++i) {
            collect(faults_, [&] { check_excess(i); });
        }
        check_owner(missing);
        faults_.add_if(request_.lines->empty() && request_.excess->empty() && !request_.complete,
                       "/lines", "empty", "name what came");
        faults_.refuse_if_any();
    }

    void check_line(const ReceiveLine& wanted, std::map<std::int32_t, Quantity>& sums,
                    const std::string& pointer) {
        const auto& line = change_.line(wanted.line, pointer + "/line");
        const Quantity named = Quantity(*wanted.quantity) + *wanted.damaged + *wanted.missing;
        faults_.add_if(!named.positive(), pointer + "/quantity", "nothing_named",
                       "a line names good, damaged or missing units");
        auto& sum = sums[wanted.line];
        sum += named;
        faults_.conflict_if(sum > on_the_way(line), pointer + "/quantity", "exceeds_in_transit",
                            "of line " + std::to_string(line.line) + " " +
                                std::to_string(on_the_way(line).raw()) +
                                " are on the way: what is more is excess, what was reported "
                                "missing is resolved as received late");
    }

    [[nodiscard]] bool leaves_rest(const std::map<std::int32_t, Quantity>& sums) const {
        for (const auto& line : change_.transfer().lines) {
            const auto named = sums.find(line.line);
            const auto known = named == sums.end() ? Quantity() : named->second;
            if (on_the_way(line) > known) return true;
        }
        return false;
    }

    void check_owner(bool missing) {
        if (!missing) return;
        faults_.add_if(!request_.difference_owner, "/difference_owner", "required",
                       "name who looks for what is missing");
        faults_.add_if(!request_.difference_due_on, "/difference_due_on", "required",
                       "name the day by which it is resolved");
        faults_.add_if(
            request_.difference_due_on && *request_.difference_due_on < transaction_.today(),
            "/difference_due_on", "in_the_past", "a difference is resolved today at the earliest");
    }

    void check_excess(std::size_t i) {
        const auto& wanted = (*request_.excess)[i];
        const auto pointer = pointer_at("/excess", i);
        const auto product = usable_product(transaction_, wanted.sku, pointer + "/sku");
        check_lot_named(product, wanted.lot, pointer + "/lot");
        if (wanted.lot && !find_lot(transaction_, wanted.sku, *wanted.lot)) {
            faults_.add(pointer + "/lot", "unknown_lot",
                        "the lot \"" + wanted.lot->text() + "\" is not known: adjust it in");
        }
        faults_.add_if(wanted.unit_cost && *wanted.unit_cost < Money(), pointer + "/unit_cost",
                       "negative", "a cost is not negative");
        if (product.tracking != Tracking::serial) {
            faults_.add_if(!wanted.serials->empty(), pointer + "/serials", "serials_not_tracked",
                           "\"" + wanted.sku.text() + "\" is not tracked by serial");
            return;
        }
        try {
            check_serial_list(*wanted.serials, wanted.quantity);
        } catch (const Refusal& refusal) {
            faults_.add(pointer + "/serials", refusal.code(), refusal.detail());
        }
        for (const auto& serial : *wanted.serials) {
            const auto place = real_place(transaction_, serial);
            faults_.conflict_if(
                place.has_value(), pointer + "/serials", "serial_already_here",
                "the serial \"" + serial.text() + "\" " + (place ? place->text() : std::string()));
        }
    }

    void take_in(std::size_t i, const BinCode& bin) {
        const auto& wanted = (*request_.lines)[i];
        const auto pointer = pointer_at("/lines", i);
        move_in(wanted, Condition::sellable, wanted.quantity, *wanted.serials, bin, pointer);
        move_in(wanted, Condition::damaged, wanted.damaged, *wanted.damaged_serials, bin, pointer);
        auto& line = change_.change(wanted.line);
        line.received += *wanted.quantity + *wanted.damaged;
        line.damaged += *wanted.damaged;
        arrived_[wanted.line] += *wanted.quantity;
        report_missing(line, wanted.missing);
    }

    void move_in(const ReceiveLine& wanted, Condition condition, Quantity quantity,
                 const std::vector<Serial>& serials, const BinCode& bin,
                 const std::string& pointer) {
        if (!quantity.positive() && serials.empty()) return;
        const auto& transfer = change_.transfer();
        const auto& line = change_.line(wanted.line, pointer + "/line");
        const bool damaged = condition == Condition::damaged;
        move_out_of_transit(transaction_, transfer.number,
                            {line, quantity, wanted.lot, serials, pointer},
                            Position{transfer.destination, bin, condition},
                            damaged ? "received, damaged" : "received");
    }

    void report_missing(TransferLine& line, Quantity quantity) {
        if (!quantity.positive()) return;
        TransferDifference difference;
        difference.line = line.line;
        difference.sku = line.sku;
        difference.quantity = quantity;
        difference.open = quantity;
        difference.owner = request_.difference_owner.value();
        difference.due_on = request_.difference_due_on.value();
        difference.reported_by = transaction_.actor().name;
        difference.reported_at = transaction_.now();
        change_.add_difference(std::move(difference));
        line.difference += quantity;
    }

    void report_the_rest() {
        for (const auto& known : change_.transfer().lines) {
            auto& line = change_.change(known.line);
            const auto gone = Quantity(line.dispatched) - line.received - line.returned -
                              line.lost - line.difference;
            report_missing(line, gone);
        }
    }

    void report_excess(const ExcessLine& wanted) {
        TransferExcess excess;
        excess.sku = wanted.sku;
        excess.quantity = wanted.quantity;
        excess.lot = wanted.lot;
        excess.serials = *wanted.serials;
        excess.unit_cost = wanted.unit_cost;
        excess.reported_by = transaction_.actor().name;
        excess.reported_at = transaction_.now();
        change_.add_excess(std::move(excess));
    }

    Transaction& transaction_;
    TransferChange& change_;
    const transfers::Receive& request_;
    Faults faults_;
    std::map<std::int32_t, Quantity> arrived_;
};

void need_receivable(const Transfer& transfer) {
    for (const auto& line : transfer.lines) {
        if (on_the_way(line).positive()) return;
    }
    const bool before = !transfer.dispatched_at;
    throw Refusal::conflict(before ? "not_dispatched" : "nothing_in_transit",
                            transfer.number.text() + " is " +
                                boost::describe::enum_to_string(transfer.status, "unknown") +
                                ": nothing of it is on the way");
}

}  // namespace

Transfer receive_transfer(Transaction& transaction, const transfers::Receive& request) {
    TransferChange change(transaction, request.number);
    need_location(transaction, change.transfer().destination, "received");
    need_receivable(change.transfer());
    TransferReceiving receiving(transaction, change, request);
    receiving.run();
    const auto& transfer = change.transfer();
    for (const auto& [line, quantity] : receiving.arrived()) {
        if (!quantity.positive()) continue;
        allocate_arrival(transaction, supply_of(transfer, line),
                         transfer.lines[static_cast<std::size_t>(line) - 1].sku,
                         transfer.destination, quantity);
    }
    change.pegs_changed();
    const bool completed = change.save();
    transaction.record<event::TransferReceived>(request.number, change.transfer());
    if (completed) transaction.record<event::TransferCompleted>(request.number, change.transfer());
    return change.transfer();
}

}  // namespace wharf::domain
