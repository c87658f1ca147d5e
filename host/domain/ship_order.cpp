// Shipping what is reserved. Which bins it is picked from is decided here; for serialized products
// the caller names the units.
#include <algorithm>
#include <map>

#include "host/domain/allocation.hpp"
#include "host/domain/faults.hpp"
#include "host/domain/ledger.hpp"
#include "host/domain/order_steps.hpp"
#include "host/domain/order_store.hpp"
#include "host/domain/reservations.hpp"
#include "host/domain/sales_operations.hpp"
#include "host/domain/serials.hpp"
#include "host/domain/shipped_parts.hpp"
#include "wharf/events.hpp"

namespace wharf::domain {
namespace {

using Trackings = std::map<Sku, Tracking>;

// Also gives back what stands reserved in expired lots, so that none of it leaves.
Trackings look_up_tracking(Transaction& transaction, const SalesOrder& order) {
    Trackings trackings;
    for (const auto& line : order.lines) {
        if (!line.reserved.positive()) continue;
        auto known = trackings.find(line.sku);
        if (known == trackings.end()) {
            const auto tracking = transaction.session().value<Tracking>(
                "SELECT tracking FROM product WHERE sku = :sku", {{"sku", line.sku}});
            known = trackings.emplace(line.sku, tracking.value_or(Tracking::none)).first;
        }
        release_unusable(transaction, line.sku, line.location, known->second);
    }
    return trackings;
}

std::vector<sales::QuantityLine> wanted_lines(const Transaction& transaction,
                                              const SalesOrder& order,
                                              const sales::ShipOrder& request) {
    if (!request.lines->empty()) return *request.lines;
    std::vector<sales::QuantityLine> all;
    for (const auto& line : order.lines) {
        if (!line.reserved.positive() || !transaction.actor().sees(line.location)) continue;
        sales::QuantityLine wanted;
        wanted.line = line.line;
        wanted.quantity = line.reserved;
        all.push_back(std::move(wanted));
    }
    return all;
}

// One line on its way out.
class Shipping {
public:
    Shipping(Transaction& transaction, const SalesOrder& order, SalesOrderLine& line,
             Tracking tracking)
        : transaction_(transaction),
          order_(order),
          line_(line),
          tracking_(tracking),
          key_{order.number, line.line},
          part_(last_part(transaction, key_)) {}

    void ship(Quantity quantity) {
        auto held = reserved_parts(transaction_, key_);
        for (const auto& lot : take_parts(held, quantity)) ship_lot(lot);
        count(quantity);
    }

    void ship_serials(const std::vector<Serial>& serials, const std::string& pointer) {
        auto held = reserved_parts(transaction_, key_);
        for (const auto& serial : serials) ship_serial(serial, held, pointer);
        count(Quantity(static_cast<std::int64_t>(serials.size())));
    }

private:
    PoolKey pool(const std::string& lot) const { return {line_.location, line_.sku, lot}; }

    void ship_lot(const LotPart& lot) {
        unreserve(transaction_, pool(lot.lot), key_, lot.quantity);
        Quantity left = lot.quantity;
        for (const auto& bin : sellable_bins(transaction_, pool(lot.lot))) {
            if (!left.positive()) break;
            const auto some = std::min(left, Quantity(bin.quantity));
            leave(lot.lot, bin.bin, some, {});
            left -= some;
        }
        if (left.positive()) throw std::logic_error("reserved stock that does not stand anywhere");
    }

    void ship_serial(const Serial& serial, std::vector<LotPart>& held, const std::string& pointer) {
        const auto row = find_serial(transaction_, serial);
        if (!row || row->sku != line_.sku || row->location != line_.location ||
            row->condition != "sellable") {
            refuse_serial(pointer, "serial_not_there",
                          "the serial \"" + serial.text() + "\" is not sellable at \"" +
                              line_.location.text() + "\"");
        }
        auto lot = std::find_if(held.begin(), held.end(), [&](const LotPart& part) {
            return part.lot == row->lot && part.quantity.positive();
        });
        if (lot == held.end()) {
            refuse_serial(pointer, "serial_of_other_lot",
                          "the line holds nothing of the lot of \"" + serial.text() + "\"");
        }
        lot->quantity = Quantity(lot->quantity) - Quantity(1);
        unreserve(transaction_, pool(row->lot), key_, Quantity(1));
        leave(row->lot, BinCode(row->bin), Quantity(1), serial);
    }

    [[noreturn]] static void refuse_serial(const std::string& pointer, const std::string& code,
                                           const std::string& detail) {
        throw Refusal::conflict(code, detail).with_faults({{pointer, code, detail}});
    }

    void leave(const std::string& lot, const BinCode& bin, Quantity quantity,
               const std::optional<Serial>& serial) {
        MoveRequest request{
            line_.sku,
            lot.empty() ? std::nullopt : std::optional(LotCode(lot)),
            quantity,
            {},
            Position{line_.location, bin, Condition::sellable},
            order_.kind == OrderKind::transfer ? Outside::transit : Outside::customer,
            std::nullopt,
            "shipped",
            order_.number};
        if (serial) request.serials.push_back(*serial);
        const auto movement = move(transaction_, request, tracking_);
        ShippedPart part;
        part.part = ++part_;
        part.lot = lot;
        part.bin = bin;
        part.serial = serial ? serial->text() : "";
        part.quantity = quantity;
        part.value = movement.value;
        keep_part(transaction_, key_, part);
    }

    void count(Quantity quantity) {
        line_.reserved = Quantity(line_.reserved) - quantity;
        line_.shipped = Quantity(line_.shipped) + quantity;
    }

    Transaction& transaction_;
    const SalesOrder& order_;
    SalesOrderLine& line_;
    Tracking tracking_;
    OrderLineKey key_;
    std::int32_t part_;
};

void check_wanted(Faults& faults, const OrderChange& change, const sales::QuantityLine& wanted,
                  const Trackings& trackings, const std::string& pointer) {
    const auto& line = change.line(wanted.line, pointer + "/line");
    if (wanted.quantity > Quantity(line.reserved)) {
        faults.conflict_if(
            true, pointer + "/quantity", "exceeds_reserved",
            "line " + std::to_string(line.line) + " holds " + std::to_string(line.reserved.raw()));
        return;
    }
    if (trackings.at(line.sku) == Tracking::serial) {
        try {
            check_serial_list(*wanted.serials, wanted.quantity);
        } catch (const Refusal& refusal) {
            faults.add(pointer + "/serials", refusal.code(), refusal.detail());
        }
    } else {
        faults.add_if(!wanted.serials->empty(), pointer + "/serials", "serials_not_tracked",
                      "\"" + line.sku.text() + "\" is not tracked by serial");
    }
}

void check_all_wanted(const OrderChange& change, const std::vector<sales::QuantityLine>& wanted,
                      const Trackings& trackings) {
    Faults faults;
    std::set<std::int32_t> named;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto pointer = "/lines/" + std::to_string(i);
        faults.add_if(!named.insert(wanted[i].line).second, pointer + "/line", "line_twice",
                      "each line is shipped once");
        collect(faults, [&] { check_wanted(faults, change, wanted[i], trackings, pointer); });
    }
    faults.refuse_if_any();
}

}  // namespace

SalesOrder ship_order(Transaction& transaction, const sales::ShipOrder& request) {
    const auto trackings =
        look_up_tracking(transaction, get_order_to_change(transaction, request.number));
    OrderChange change(transaction, get_order(transaction, request.number));
    need_status(change.order(), {OrderStatus::open}, "shipped");
    const auto wanted = wanted_lines(transaction, change.order(), request);
    if (wanted.empty()) {
        throw Refusal::conflict("nothing_reserved",
                                change.order().number.text() + " holds nothing to ship");
    }
    check_all_wanted(change, wanted, trackings);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        auto& line = change.change(wanted[i].line);
        Shipping shipping(transaction, change.order(), line, trackings.at(line.sku));
        if (trackings.at(line.sku) == Tracking::serial) {
            shipping.ship_serials(*wanted[i].serials, "/lines/" + std::to_string(i) + "/serials");
        } else {
            shipping.ship(wanted[i].quantity);
        }
    }
    const bool ended = settle_status(change.header());
    change.save();
    set_warnings(change.header());
    transaction.record<event::OrderShipped>(change.order().number, change.order());
    if (ended) transaction.record<event::OrderCompleted>(change.order().number, change.order());
    return change.order();
}

}  // namespace wharf::domain
