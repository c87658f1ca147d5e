// Taking a shipment back before handover: units return to the bins they left, at the cost they left
// with, and are reserved for their line again.
#include <algorithm>

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

Quantity reversible(const SalesOrderLine& line) {
    return Quantity(line.shipped) - line.returned;
}

std::vector<sales::QuantityLine> wanted_lines(const Transaction& transaction,
                                              const SalesOrder& order,
                                              const sales::ReverseShipment& request) {
    if (!request.lines->empty()) return *request.lines;
    std::vector<sales::QuantityLine> all;
    for (const auto& line : order.lines) {
        if (!reversible(line).positive() || !transaction.actor().sees(line.location)) continue;
        sales::QuantityLine wanted;
        wanted.line = line.line;
        wanted.quantity = reversible(line);
        all.push_back(std::move(wanted));
    }
    return all;
}

class Reversing {
public:
    Reversing(Transaction& transaction, OrderChange& change, SalesOrderLine& line)
        : transaction_(transaction),
          change_(change),
          line_(line),
          key_{change.order().number, line.line} {}

    // Last shipped first back; of serialized products the named units, where some are named.
    void reverse(Quantity quantity, const std::vector<Serial>& serials) {
        auto parts = shipped_parts(transaction_, key_);
        std::reverse(parts.begin(), parts.end());
        for (const auto& part : parts) {
            if (!quantity.positive()) break;
            if (!serials.empty() && !named(serials, part)) continue;
            const auto some = std::min(quantity, part.out());
            if (!some.positive()) continue;
            bring_back(part, some);
            quantity -= some;
        }
        if (quantity.positive()) {
            throw Refusal::conflict(
                "serial_not_shipped",
                "not all of these serials left for line " + std::to_string(line_.line));
        }
    }

private:
    static bool named(const std::vector<Serial>& serials, const ShippedPart& part) {
        return std::any_of(serials.begin(), serials.end(),
                           [&](const Serial& serial) { return serial.view() == part.serial; });
    }

    void bring_back(const ShippedPart& part, Quantity quantity) {
        const auto value = part.cost_of(quantity);
        MoveRequest request{line_.sku,
                            part.lot.empty() ? std::nullopt : std::optional(LotCode(part.lot)),
                            quantity,
                            {},
                            Outside::customer,
                            Position{line_.location, part.bin, Condition::sellable},
                            value,
                            "shipment reversed",
                            change_.order().number};
        if (!part.serial.empty()) request.serials.emplace_back(part.serial);
        move(transaction_, request);
        take_back(transaction_, key_, part, quantity, value);
        hold_again(part.lot, quantity);
    }

    // A lot that was locked or expired meanwhile cannot be promised again: then the line waits.
    void hold_again(const std::string& lot, Quantity quantity) {
        line_.shipped = Quantity(line_.shipped) - quantity;
        if (lot_usable(transaction_, line_.sku, lot)) {
            reserve(transaction_, {line_.location, line_.sku, lot}, key_, quantity);
            line_.reserved = Quantity(line_.reserved) + quantity;
        } else {
            line_.waiting = Quantity(line_.waiting) + quantity;
            change_.freed().insert({line_.location, line_.sku});
        }
    }

    Transaction& transaction_;
    OrderChange& change_;
    SalesOrderLine& line_;
    OrderLineKey key_;
};

void check_wanted(const OrderChange& change, const std::vector<sales::QuantityLine>& wanted) {
    Faults faults;
    std::set<std::int32_t> named;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto pointer = "/lines/" + std::to_string(i);
        faults.add_if(!named.insert(wanted[i].line).second, pointer + "/line", "line_twice",
                      "each line is named once");
        collect(faults, [&] {
            const auto& line = change.line(wanted[i].line, pointer + "/line");
            faults.conflict_if(wanted[i].quantity > reversible(line), pointer + "/quantity",
                               "exceeds_shipped",
                               "of line " + std::to_string(line.line) + " " +
                                   std::to_string(reversible(line).raw()) + " are out");
        });
        if (!wanted[i].serials->empty()) {
            collect(faults, [&] { check_serial_list(*wanted[i].serials, wanted[i].quantity); });
        }
    }
    faults.refuse_if_any();
}

}  // namespace

SalesOrder reverse_shipment(Transaction& transaction, const sales::ReverseShipment& request) {
    OrderChange change(transaction, request.number);
    refuse_transfer(change.order(), "reversed");
    need_status(change.order(), {OrderStatus::open, OrderStatus::held, OrderStatus::completed},
                "reversed");
    const auto wanted = wanted_lines(transaction, change.order(), request);
    if (wanted.empty()) {
        throw Refusal::conflict("nothing_shipped",
                                "nothing of " + change.order().number.text() + " is out");
    }
    check_wanted(change, wanted);
    for (const auto& one : wanted) {
        Reversing(transaction, change, change.change(one.line)).reverse(one.quantity, *one.serials);
    }
    if (change.order().status == OrderStatus::completed) {
        change.header().status = OrderStatus::open;
    }
    change.save();
    auto order = allocated(transaction, change);
    transaction.record<event::OrderAmended>(order.number, order);
    return order;
}

}  // namespace wharf::domain
