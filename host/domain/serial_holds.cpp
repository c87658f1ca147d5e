#include "host/domain/serial_holds.hpp"

#include <map>
#include <string>

#include "host/domain/serials.hpp"
#include "host/domain/stored_json.hpp"

namespace wharf::domain {
namespace {

// What a line of a transfer asked for by name, and where.
struct Named {
    std::vector<Serial> serials;
    Sku sku;
    LocationCode location;
};

Named named_by(Transaction& transaction, const OrderLineKey& line) {
    auto rows = transaction.session().select(
        "SELECT t.serials, l.sku, l.location FROM transfer_line t JOIN sales_order_line l "
        "ON l.order_number = t.transfer AND l.line = t.line "
        "WHERE t.transfer = :order_number AND t.line = :line",
        {{"order_number", line.order}, {"line", line.line}});
    if (!rows.next()) return {};
    return {from_stored<std::vector<Serial>>(rows.text(0)), rows.get<Sku>(1),
            rows.get<LocationCode>(2)};
}

struct Held {
    Serial serial;
    std::string lot;
};

std::vector<Held> held_by(Transaction& transaction, const OrderLineKey& line) {
    auto rows = transaction.session().select(
        "SELECT h.serial, s.lot FROM serial_hold h JOIN serial s ON s.serial = h.serial "
        "WHERE h.order_number = :order_number AND h.line = :line ORDER BY h.serial",
        {{"order_number", line.order}, {"line", line.line}});
    std::vector<Held> held;
    while (rows.next()) held.push_back({rows.get<Serial>(0), rows.get<std::string>(1)});
    return held;
}

using ByLot = std::map<std::string, Quantity>;

ByLot reserved_by_lot(Transaction& transaction, const OrderLineKey& line) {
    ByLot reserved;
    for (const auto& part : reserved_parts(transaction, line)) reserved[part.lot] += part.quantity;
    return reserved;
}

// Takes one unit of the lot's room, where there is one.
bool take_one(ByLot& room, const std::string& lot) {
    const auto found = room.find(lot);
    if (found == room.end() || !found->second.positive()) return false;
    found->second -= Quantity(1);
    return true;
}

}  // namespace

void hold_named_serials(Transaction& transaction, const OrderLineKey& line) {
    const auto named = named_by(transaction, line);
    if (named.serials.empty()) return;
    auto room = reserved_by_lot(transaction, line);
    for (const auto& held : held_by(transaction, line)) take_one(room, held.lot);
    for (const auto& serial : named.serials) {
        const auto row = find_serial(transaction, serial);
        const bool there = row && row->sku == named.sku && row->location == named.location &&
                           row->condition == "sellable";
        if (!there || row->held_by || !take_one(room, row->lot)) continue;
        transaction.session().execute(
            "INSERT INTO serial_hold (serial, order_number, line) "
            "VALUES (:serial, :order_number, :line)",
            {{"serial", serial}, {"order_number", line.order}, {"line", line.line}});
    }
}

void fit_held_serials(Transaction& transaction, const OrderLineKey& line) {
    const auto all = held_by(transaction, line);
    if (all.empty()) return;
    auto room = reserved_by_lot(transaction, line);
    for (const auto& held : all) {
        if (!take_one(room, held.lot)) let_go(transaction, held.serial);
    }
}

void let_go(Transaction& transaction, const Serial& serial) {
    transaction.session().execute("DELETE FROM serial_hold WHERE serial = :serial",
                                  {{"serial", serial}});
}

std::vector<Serial> held_serials(Transaction& transaction, const OrderLineKey& line) {
    std::vector<Serial> serials;
    for (auto& held : held_by(transaction, line)) serials.push_back(std::move(held.serial));
    return serials;
}

}  // namespace wharf::domain
