#include "host/domain/allocation.hpp"

#include <algorithm>

#include "host/domain/catalog.hpp"
#include "host/domain/dock.hpp"
#include "host/domain/order_store.hpp"
#include "host/domain/pegs.hpp"
#include "host/domain/reservations.hpp"
#include "host/domain/serial_holds.hpp"
#include "wharf/events.hpp"

namespace wharf::domain {
namespace {

struct Waiting {
    DocumentNumber order;
    std::int32_t line = 0;
    Quantity quantity;
};

std::string_view waiting_sql(AllocationOrder order) {
    switch (order) {
        case AllocationOrder::promised_for:
            return "SELECT order_number, line, waiting FROM waiting_line "
                   "WHERE location = :location AND sku = :sku "
                   "ORDER BY promised_for, order_number, line";
        case AllocationOrder::priority:
            return "SELECT order_number, line, waiting FROM waiting_line "
                   "WHERE location = :location AND sku = :sku "
                   "ORDER BY priority, order_number, line";
        default:
            return "SELECT order_number, line, waiting FROM waiting_line "
                   "WHERE location = :location AND sku = :sku "
                   "ORDER BY ordered_at, order_number, line";
    }
}

// The waiting lines that `free` units reach, first served first.
std::vector<Waiting> first_waiting(Transaction& transaction, const Sku& sku,
                                   const LocationCode& location, Quantity free) {
    auto rows = transaction.session().select(waiting_sql(*transaction.policies().allocation_order),
                                             {{"location", location}, {"sku", sku}});
    std::vector<Waiting> lines;
    while (free.positive() && rows.next()) {
        lines.push_back(
            {rows.get<DocumentNumber>(0), rows.get<std::int32_t>(1), rows.get<Quantity>(2)});
        free -= lines.back().quantity;
    }
    return lines;
}

Quantity sum_of(const std::vector<LotPart>& parts) {
    Quantity sum(0);
    for (const auto& part : parts) sum += part.quantity;
    return sum;
}

// Why a line is served: its turn in the stated order, or goods that came for it.
enum class By { allocation_order, peg };
BOOST_DESCRIBE_ENUM(By, allocation_order, peg)

// The latest decision for the line, kept with it: which rule, and what it gave.
std::string explain(Transaction& transaction, const Waiting& line,
                    const std::vector<LotPart>& parts, By by) {
    std::string json = "{\"allocation\":{\"at\":";
    append_json(json, transaction.now());
    json += ",\"by\":";
    append_json(json, by);
    json += ",\"order\":";
    append_json(json, *transaction.policies().allocation_order);
    json += ",\"lot_order\":";
    append_json(json, *transaction.policies().lot_order);
    json += ",\"waited\":" + std::to_string(line.quantity.raw()) + ",\"given\":[";
    for (const auto& part : parts) {
        if (&part != &parts.front()) json += ',';
        json += "{\"lot\":";
        append_json(json, part.lot.empty() ? std::nullopt : std::optional(part.lot));
        json += ",\"quantity\":" + std::to_string(part.quantity.raw()) + "}";
    }
    return json + "]}}";
}

void keep_line_served(Transaction& transaction, const Waiting& line, Quantity given,
                      const std::string& explanation) {
    auto& session = transaction.session();
    session.execute(
        "UPDATE sales_order_line SET reserved = reserved + :given, waiting = waiting - :given, "
        "explanation = :explanation WHERE order_number = :order_number AND line = :line",
        {{"given", given},
         {"explanation", explanation},
         {"order_number", line.order},
         {"line", line.line}});
    if (given == line.quantity) {
        session.execute(
            "DELETE FROM waiting_line WHERE order_number = :order_number AND line = :line",
            {{"order_number", line.order}, {"line", line.line}});
    } else {
        session.execute(
            "UPDATE waiting_line SET waiting = waiting - :given "
            "WHERE order_number = :order_number AND line = :line",
            {{"given", given}, {"order_number", line.order}, {"line", line.line}});
    }
}

// Reserves up to `quantity` of the free parts for a waiting line; gives how much it was.
Quantity serve(Transaction& transaction, const Sku& sku, const LocationCode& location,
               std::vector<LotPart>& free, const Waiting& line, Quantity quantity, By by) {
    const auto parts = take_parts(free, std::min(quantity, line.quantity));
    const auto given = sum_of(parts);
    if (!given.positive()) return given;
    for (const auto& part : parts) {
        reserve(transaction, {location, sku, part.lot}, {line.order, line.line}, part.quantity);
    }
    keep_line_served(transaction, line, given, explain(transaction, line, parts, by));
    transaction.session().execute(
        "UPDATE sales_order SET version = version + 1 WHERE number = :number",
        {{"number", line.order}});
    return given;
}

Tracking tracking_of(Transaction& transaction, const Sku& sku) {
    return transaction.session()
        .value<Tracking>("SELECT tracking FROM product WHERE sku = :sku", {{"sku", sku}})
        .value_or(Tracking::none);
}

// What stands reserved in lots that may not be promised any more goes back before it is looked at.
void release_expired(Transaction& transaction, const Sku& sku, const LocationCode& location) {
    std::vector<LotCode> expired;
    {
        auto rows = transaction.session().select(
            "SELECT s.lot FROM stock s JOIN lot l ON l.sku = s.sku AND l.code = s.lot "
            "WHERE s.location = :location AND s.sku = :sku AND s.reserved > 0 "
            "AND l.expires_on < :today ORDER BY s.lot",
            {{"location", location}, {"sku", sku}, {"today", transaction.today()}});
        while (rows.next()) expired.push_back(rows.get<LotCode>(0));
    }
    for (const auto& lot : expired) {
        release_reservations(transaction, sku, location, lot, Count(0), "lot expired");
    }
}

std::optional<Waiting> find_waiting(Transaction& transaction, const DocumentNumber& order,
                                    std::int32_t line) {
    const auto waiting = transaction.session().value<Quantity>(
        "SELECT waiting FROM waiting_line WHERE order_number = :order_number AND line = :line",
        {{"order_number", order}, {"line", line}});
    if (!waiting) return std::nullopt;
    return Waiting{order, line, *waiting};
}

}  // namespace

void release_unusable(Transaction& transaction, const Sku& sku, const LocationCode& location,
                      Tracking tracking) {
    if (tracking != Tracking::none) release_expired(transaction, sku, location);
}

void allocate(Transaction& transaction, const Sku& sku, const LocationCode& location) {
    const auto tracking = tracking_of(transaction, sku);
    release_unusable(transaction, sku, location, tracking);
    settle_dock(transaction, sku, location);
    auto free = free_lots(transaction, sku, location, tracking);
    auto left = sum_of(free);
    for (const auto& line : first_waiting(transaction, sku, location, left)) {
        const auto given =
            serve(transaction, sku, location, free, line, left, By::allocation_order);
        left -= given;
        if (tracking == Tracking::serial) hold_named_serials(transaction, {line.order, line.line});
        shrink_demand_pegs(transaction, line.order, line.line, line.quantity - given);
    }
}

Quantity serve_pegs(Transaction& transaction, const SupplyLine& supply, const Sku& sku,
                    const LocationCode& location, Quantity quantity) {
    const auto tracking = tracking_of(transaction, sku);
    auto free = free_lots(transaction, sku, location, tracking);
    Quantity served;
    for (const auto& pegged : pegs_on_supply(transaction, supply)) {
        if (served >= quantity || free.empty()) break;
        const auto line = find_waiting(transaction, pegged.order, pegged.order_line);
        if (!line) continue;  // on hold: it gets nothing
        const auto given = serve(transaction, sku, location, free, *line,
                                 std::min(quantity - served, pegged.quantity), By::peg);
        if (!given.positive()) continue;
        served += given;
        if (tracking == Tracking::serial) {
            hold_named_serials(transaction, {pegged.order, pegged.order_line});
        }
        reduce_peg(transaction, pegged, given);
    }
    return served;
}

void allocate_arrival(Transaction& transaction, const SupplyLine& supply, const Sku& sku,
                      const LocationCode& location, Quantity quantity) {
    serve_pegs(transaction, supply, sku, location, quantity);
    allocate(transaction, sku, location);
}

}  // namespace wharf::domain
