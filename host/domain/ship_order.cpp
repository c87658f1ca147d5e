// Shipping what is reserved. Which bins it is picked from is decided here; for serialized products
// the caller names the units.
#include <algorithm>
#include <map>

#include "host/domain/allocation.hpp"
#include "host/domain/faults.hpp"
#include "host/domain/line_shipment.hpp"
#include "host/domain/order_steps.hpp"
#include "host/domain/order_store.hpp"
#include "host/domain/reservations.hpp"
#include "host/domain/sales_operations.hpp"
#include "host/domain/serials.hpp"
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
    refuse_transfer(change.order(), "shipped");
    need_status(change.order(), {OrderStatus::open}, "shipped");
    const auto wanted = wanted_lines(transaction, change.order(), request);
    if (wanted.empty()) {
        throw Refusal::conflict("nothing_reserved",
                                change.order().number.text() + " holds nothing to ship");
    }
    check_all_wanted(change, wanted, trackings);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        auto& line = change.change(wanted[i].line);
        LineShipment shipping(transaction, change.order(), line, trackings.at(line.sku));
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
