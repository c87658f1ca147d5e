#include "host/domain/line_shipment.hpp"

#include <algorithm>

#include "host/domain/ledger.hpp"
#include "host/domain/serial_holds.hpp"
#include "host/domain/serials.hpp"
#include "host/domain/shipped_parts.hpp"
#include "wharf/refusal.hpp"

namespace wharf::domain {
namespace {

[[noreturn]] void refuse_serial(const std::string& pointer, const std::string& code,
                                const std::string& detail) {
    throw Refusal::conflict(code, detail).with_faults({{pointer, code, detail}});
}

}  // namespace

LineShipment::LineShipment(Transaction& transaction, const SalesOrder& order, SalesOrderLine& line,
                           Tracking tracking)
    : transaction_(transaction),
      order_(order),
      line_(line),
      tracking_(tracking),
      key_{order.number, line.line},
      part_(last_part(transaction, key_)) {}

void LineShipment::ship(Quantity quantity) {
    auto held = reserved_parts(transaction_, key_);
    for (const auto& lot : take_parts(held, quantity)) take_lot(lot);
    count(quantity);
}

void LineShipment::ship_lot(const std::string& lot, Quantity quantity) {
    take_lot({lot, quantity});
    count(quantity);
}

void LineShipment::ship_serials(const std::vector<Serial>& serials, const std::string& pointer) {
    auto held = reserved_parts(transaction_, key_);
    for (const auto& serial : serials) take_serial(serial, held, pointer);
    count(Quantity(static_cast<std::int64_t>(serials.size())));
}

void LineShipment::take_lot(const LotPart& lot) {
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

void LineShipment::take_serial(const Serial& serial, std::vector<LotPart>& held,
                               const std::string& pointer) {
    const auto row = find_serial(transaction_, serial);
    if (!row || row->sku != line_.sku || row->location != line_.location ||
        row->condition != "sellable") {
        refuse_serial(pointer, "serial_not_there",
                      "the serial \"" + serial.text() + "\" is not sellable at \"" +
                          line_.location.text() + "\"");
    }
    if (row->held_from(order_.number)) {
        refuse_serial(pointer, "serial_reserved", row->held_text());
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
    if (row->held_by) let_go(transaction_, serial);
    leave(row->lot, BinCode(row->bin), Quantity(1), serial);
}

void LineShipment::leave(const std::string& lot, const BinCode& bin, Quantity quantity,
                         const std::optional<Serial>& serial) {
    const bool transfer = order_.kind == OrderKind::transfer;
    MoveRequest request{line_.sku,
                        lot.empty() ? std::nullopt : std::optional(LotCode(lot)),
                        quantity,
                        {},
                        Position{line_.location, bin, Condition::sellable},
                        transfer ? Outside::transit : Outside::customer,
                        std::nullopt,
                        transfer ? "dispatched" : "shipped",
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

void LineShipment::count(Quantity quantity) {
    line_.reserved = Quantity(line_.reserved) - quantity;
    line_.shipped = Quantity(line_.shipped) + quantity;
}

}  // namespace wharf::domain
