#include "host/domain/serials.hpp"

#include <set>

#include "host/domain/stock_pool.hpp"
#include "wharf/refusal.hpp"

namespace wharf::domain {

std::optional<SerialRow> find_serial(Transaction& transaction, const Serial& serial) {
    auto rows = transaction.session().select(
        "SELECT s.serial, s.sku, s.lot, s.location, s.bin, s.condition, s.cost, h.order_number, "
        "h.line FROM serial s LEFT JOIN serial_hold h ON h.serial = s.serial "
        "WHERE s.serial = :serial",
        {{"serial", serial}});
    if (!rows.next()) return std::nullopt;
    return SerialRow{rows.get<Serial>(0),
                     rows.get<Sku>(1),
                     rows.get<std::string>(2),
                     rows.get<LocationCode>(3),
                     rows.get<std::string>(4),
                     rows.get<std::string>(5),
                     rows.get<Money>(6),
                     rows.get<std::optional<DocumentNumber>>(7),
                     rows.get<std::optional<std::int32_t>>(8)};
}

std::string SerialRow::held_text() const {
    return "the serial \"" + serial.text() + "\" is kept for " +
           (held_by ? held_by->text() : std::string("nobody"));
}

void check_serial_list(std::span<const Serial> serials, Quantity quantity) {
    if (static_cast<std::int64_t>(serials.size()) != quantity.raw()) {
        throw Refusal::invalid("/serials", "serial_count",
                               std::to_string(quantity.raw()) +
                                   " units need as many serials, not " +
                                   std::to_string(serials.size()));
    }
    std::set<std::string_view> seen;
    for (const auto& serial : serials) {
        if (seen.insert(serial.view()).second) continue;
        throw Refusal::invalid("/serials", "serial_twice",
                               "the serial \"" + serial.text() + "\" is named twice");
    }
}

namespace {

// A unit that is under way comes out of transit by its transfer, and in no other way.
void check_coming(Outside from, const Serial& serial, const std::optional<SerialRow>& row) {
    const bool under_way = row && row->location == outside_code(Outside::transit);
    if (from == Outside::transit && !under_way) {
        throw Refusal::conflict("serial_not_there",
                                "the serial \"" + serial.text() + "\" is not in transit");
    }
    if (from == Outside::transit || !row || (row->outside() && !under_way)) return;
    throw Refusal::conflict("serial_already_here",
                            "the serial \"" + serial.text() + "\" " +
                                (under_way ? std::string("is in transit")
                                           : "stands at \"" + row->location.text() + "\""));
}

void check_leaving(const MoveRequest& request, const Serial& serial,
                   const std::optional<SerialRow>& row) {
    const auto* from = std::get_if<Position>(&request.from);
    if (row && row->sku != request.sku) {
        throw Refusal::conflict("serial_taken", "the serial \"" + serial.text() +
                                                    "\" is one of \"" + row->sku.text() + "\"");
    }
    if (from == nullptr) {
        check_coming(std::get<Outside>(request.from), serial, row);
        return;
    }
    if (row && row->location == from->location && row->bin == from->bin.view() &&
        row->condition == boost::describe::enum_to_string(from->condition, "unknown") &&
        row->lot == lot_text(request.lot)) {
        return;
    }
    throw Refusal::conflict("serial_not_there",
                            "the serial \"" + serial.text() + "\" does not stand there");
}

}  // namespace

std::vector<std::optional<SerialRow>> serials_leaving(Transaction& transaction,
                                                      const MoveRequest& request) {
    check_serial_list(request.serials, request.quantity);
    std::vector<std::optional<SerialRow>> rows;
    rows.reserve(request.serials.size());
    for (const auto& serial : request.serials) {
        rows.push_back(find_serial(transaction, serial));
        check_leaving(request, serial, rows.back());
    }
    return rows;
}

void place_serials(Transaction& transaction, const MoveRequest& request,
                   std::span<const std::optional<SerialRow>> rows, std::span<const Money> costs,
                   std::int64_t movement) {
    const auto* to = std::get_if<Position>(&request.to);
    const auto location =
        to != nullptr ? to->location : outside_code(std::get<Outside>(request.to));
    const std::string_view bin = to != nullptr ? to->bin.view() : std::string_view();
    const std::string_view condition =
        to != nullptr ? boost::describe::enum_to_string(to->condition, "unknown") : "";
    auto& session = transaction.session();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto& serial = request.serials[i];
        session.execute(
            rows[i] ? "UPDATE serial SET sku = :sku, lot = :lot, location = :location, bin = :bin, "
                      "condition = :condition, cost = :cost WHERE serial = :serial"
                    : "INSERT INTO serial (sku, lot, location, bin, condition, cost, serial) "
                      "VALUES (:sku, :lot, :location, :bin, :condition, :cost, :serial)",
            {{"sku", request.sku},
             {"lot", lot_text(request.lot)},
             {"location", location},
             {"bin", bin},
             {"condition", condition},
             {"cost", costs[i]},
             {"serial", serial}});
        session.execute(
            "INSERT INTO movement_serial (movement, serial) VALUES (:movement, :serial)",
            {{"movement", movement}, {"serial", serial}});
    }
}

}  // namespace wharf::domain
