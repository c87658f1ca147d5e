// Dispatching a transfer: exactly the named units leave the source at their cost and are in
// transit. Once; what stays behind is called off.
#include <map>
#include <set>

#include "host/domain/allocation.hpp"
#include "host/domain/catalog.hpp"
#include "host/domain/line_shipment.hpp"
#include "host/domain/order_steps.hpp"
#include "host/domain/pointers.hpp"
#include "host/domain/serial_holds.hpp"
#include "host/domain/serials.hpp"
#include "host/domain/shipped_parts.hpp"
#include "host/domain/transfer.hpp"
#include "host/domain/transfer_rules.hpp"
#include "host/domain/transfer_store.hpp"
#include "host/domain/transit_parts.hpp"
#include "wharf/transfer_events.hpp"

namespace wharf::domain {
namespace {

using transfers::DispatchLine;

void need_dispatchable(const Transfer& transfer) {
    if (transfer.status == TransferStatus::approved) return;
    if (transfer.dispatched_at) {
        throw Refusal::conflict("already_dispatched",
                                transfer.number.text() + " was dispatched at " +
                                    transfer.dispatched_at->text() + " by " +
                                    transfer.dispatched_by.value_or("somebody"),
                                "a transfer leaves once; send the rest with another one");
    }
    const bool draft = transfer.status == TransferStatus::draft;
    throw Refusal::conflict(draft ? "not_approved" : "wrong_status",
                            transfer.number.text() + " is " +
                                boost::describe::enum_to_string(transfer.status, "unknown") +
                                " and holds nothing",
                            draft ? "have it approved first" : "");
}

// Everything that is held, of the units that were asked for: those that are kept, or, of a transfer
// that was approved before any were, all.
std::vector<DispatchLine> everything_held(Transaction& transaction, const Transfer& transfer) {
    std::vector<DispatchLine> all;
    for (const auto& line : transfer.lines) {
        if (!line.reserved.positive()) continue;
        DispatchLine wanted;
        wanted.line = line.line;
        wanted.quantity = line.reserved;
        wanted.lot = line.lot;
        const auto kept = held_serials(transaction, {transfer.number, line.line});
        wanted.serials = kept.empty() ? line.serials : kept;
        all.push_back(std::move(wanted));
    }
    return all;
}

class Dispatching {
public:
    Dispatching(Transaction& transaction, const Transfer& transfer, OrderChange& change,
                const std::vector<DispatchLine>& wanted)
        : transaction_(transaction), transfer_(transfer), change_(change), wanted_(wanted) {}

    void run() {
        for (std::size_t i = 0; i < wanted_.size(); ++i) collect(faults_, [&] { check(i); });
        faults_.refuse_if_any();
        for (const auto& [line, lots] : lots_) hold(line, lots);
        for (std::size_t i = 0; i < wanted_.size(); ++i) {
            if (!wanted_[i].serials->empty() || wanted_[i].lot) leave(i);
        }
        for (std::size_t i = 0; i < wanted_.size(); ++i) {
            if (wanted_[i].serials->empty() && !wanted_[i].lot) leave(i);
        }
        call_off_the_rest();
    }

private:
    Tracking tracking_of(const Sku& sku) { return get_product(transaction_, sku).tracking; }

    void check(std::size_t i) {
        const auto& wanted = wanted_[i];
        const auto pointer = pointer_at("/lines", i);
        const auto& line = change_.line(wanted.line, pointer + "/line");
        auto& sum = sums_[wanted.line];
        sum += wanted.quantity;
        faults_.conflict_if(sum > Quantity(line.reserved), pointer + "/quantity",
                            "insufficient_stock",
                            "line " + std::to_string(wanted.line) + " holds " +
                                std::to_string(line.reserved.raw()) + " of \"" + line.sku.text() +
                                "\" at \"" + line.location.text() + "\"");
        if (tracking_of(line.sku) == Tracking::serial) {
            check_serials(wanted, line, pointer);
            return;
        }
        faults_.add_if(!wanted.serials->empty(), pointer + "/serials", "serials_not_tracked",
                       "\"" + line.sku.text() + "\" is not tracked by serial");
        if (!wanted.lot) return;
        check_lot_may_leave(transaction_, line.sku, *wanted.lot, pointer + "/lot", faults_);
        lots_[wanted.line][wanted.lot->text()] += wanted.quantity;
    }

    void check_serials(const DispatchLine& wanted, const SalesOrderLine& line,
                       const std::string& pointer) {
        try {
            check_serial_list(*wanted.serials, wanted.quantity);
        } catch (const Refusal& refusal) {
            faults_.add(pointer + "/serials", refusal.code(), refusal.detail());
            return;
        }
        for (const auto& serial : *wanted.serials) {
            faults_.add_if(!serials_.insert(serial).second, pointer + "/serials", "serial_twice",
                           "the serial \"" + serial.text() + "\" is named twice");
            const auto lot = check_serial_at(transaction_, line.sku, serial, line.location,
                                             transfer_.number, pointer + "/serials", faults_);
            if (lot) lots_[wanted.line][*lot] += Quantity(1);
        }
    }

    // The line comes to hold at least this much of each of these lots: what it holds of others is
    // given for it, as far as nobody else holds the named ones.
    void hold(std::int32_t number, const std::map<std::string, Quantity>& lots) {
        const auto& line = change_.line(number, "/lines");
        const OrderLineKey key{transfer_.number, number};
        auto spare = reserved_parts(transaction_, key);
        std::vector<LotPart> missing;
        for (const auto& [lot, quantity] : lots) {
            Quantity left = quantity;
            for (auto& part : spare) {
                if (part.lot != lot) continue;
                const auto kept = std::min(left, Quantity(part.quantity));
                part.quantity = Quantity(part.quantity) - kept;
                left -= kept;
            }
            if (left.positive()) missing.push_back({lot, left});
        }
        for (const auto& part : missing) exchange(line, key, spare, part);
    }

    void exchange(const SalesOrderLine& line, const OrderLineKey& key, std::vector<LotPart>& spare,
                  const LotPart& wanted) {
        auto free = free_lots(transaction_, line.sku, line.location, tracking_of(line.sku));
        Quantity there;
        for (const auto& part : free) {
            if (part.lot == wanted.lot) there += part.quantity;
        }
        if (there < wanted.quantity) {
            throw Refusal::conflict("insufficient_stock",
                                    "of the lot \"" + wanted.lot + "\" of \"" + line.sku.text() +
                                        "\" only " + std::to_string(there.raw()) +
                                        " more are available at \"" + line.location.text() + "\"");
        }
        Quantity left = wanted.quantity;
        for (auto& part : spare) {
            const auto given = std::min(left, Quantity(part.quantity));
            if (!given.positive()) continue;
            unreserve(transaction_, {line.location, line.sku, part.lot}, key, given);
            part.quantity = Quantity(part.quantity) - given;
            left -= given;
            change_.freed().insert({line.location, line.sku});
        }
        reserve(transaction_, {line.location, line.sku, wanted.lot}, key, wanted.quantity);
    }

    void leave(std::size_t i) {
        const auto& wanted = wanted_[i];
        auto& line = change_.change(wanted.line);
        LineShipment shipment(transaction_, change_.order(), line, tracking_of(line.sku));
        if (!wanted.serials->empty()) {
            shipment.ship_serials(*wanted.serials, pointer_at("/lines", i, "serials"));
        } else if (wanted.lot) {
            shipment.ship_lot(wanted.lot->text(), wanted.quantity);
        } else {
            shipment.ship(wanted.quantity);
        }
    }

    void call_off_the_rest() {
        for (const auto& known : transfer_.lines) {
            auto& line = change_.change(known.line);
            if (line.reserved.positive()) change_.give_back(line, line.reserved);
            line.cancelled = Quantity(line.cancelled) + line.waiting;
            line.waiting = Count(0);
            if (!known.serials.empty()) {
                fit_held_serials(transaction_, {transfer_.number, known.line});
            }
        }
    }

    Transaction& transaction_;
    const Transfer& transfer_;
    OrderChange& change_;
    const std::vector<DispatchLine>& wanted_;
    Faults faults_;
    std::map<std::int32_t, Quantity> sums_;
    std::map<std::int32_t, std::map<std::string, Quantity>> lots_;
    std::set<Serial> serials_;
};

// What left, as it stands in transit.
void keep_in_transit(Transaction& transaction, TransferChange& change) {
    for (const auto& known : change.transfer().lines) {
        auto& line = change.change(known.line);
        line.value = Money();
        line.dispatched = Count(0);
        for (const auto& part : shipped_parts(transaction, {change.transfer().number, line.line})) {
            put_in_transit(transaction, change.transfer().number, line,
                           {part.part, part.lot, part.serial, part.quantity, part.value});
            line.dispatched += part.quantity;
            line.value += part.value;
        }
    }
}

// Lots that expired since they were reserved leave nobody.
void release_expired(Transaction& transaction, const Transfer& transfer) {
    for (const auto& line : transfer.lines) {
        release_unusable(transaction, line.sku, transfer.source,
                         get_product(transaction, line.sku).tracking);
    }
}

}  // namespace

Transfer dispatch_transfer(Transaction& transaction, const transfers::Dispatch& request) {
    auto transfer = load_transfer(transaction, request.number);
    transaction.check_version(transfer.version);
    need_dispatchable(transfer);
    need_location(transaction, transfer.source, "dispatched");
    need_active_ends(transaction, transfer);
    release_expired(transaction, transfer);
    OrderChange order(transaction, *find_order(transaction, request.number));
    need_status(order.order(), {OrderStatus::open}, "dispatched");
    transfer = *find_transfer(transaction, request.number);
    const auto wanted =
        request.lines->empty() ? everything_held(transaction, transfer) : *request.lines;
    if (wanted.empty()) {
        throw Refusal::conflict("nothing_reserved",
                                transfer.number.text() + " holds nothing to dispatch");
    }
    Dispatching(transaction, transfer, order, wanted).run();
    settle_status(order.header());
    TransferChange change(transaction, std::move(transfer));
    change.header().dispatched_by = transaction.actor().name;
    change.header().dispatched_at = transaction.now();
    keep_in_transit(transaction, change);
    change.save();
    order.save();  // what is beside it follows: it owes what is in transit
    transfer = *find_transfer(transaction, request.number);
    transaction.record<event::OrderShipped>(request.number, order.order());
    transaction.record<event::OrderCompleted>(request.number, order.order());
    transaction.record<event::TransferDispatched>(request.number, transfer);
    order.allocate_freed();
    return transfer;
}

}  // namespace wharf::domain
