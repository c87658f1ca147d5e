// Promises that can no longer be kept: counts, losses, locks, expiry, reversals.
#include <algorithm>

#include "host/domain/allocation.hpp"
#include "host/domain/order_store.hpp"
#include "host/domain/reservations.hpp"
#include "host/domain/serial_holds.hpp"
#include "host/domain/serials.hpp"
#include "wharf/events.hpp"

namespace wharf::domain {
namespace {

struct Held {
    DocumentNumber order;
    std::int32_t line = 0;
    Quantity quantity;
};

std::string_view held_sql(AllocationOrder order) {
    switch (order) {
        case AllocationOrder::promised_for:
            return "SELECT r.order_number, r.line, r.quantity FROM reservation r "
                   "JOIN sales_order o ON o.number = r.order_number "
                   "WHERE r.location = :location AND r.sku = :sku AND r.lot = :lot "
                   "ORDER BY CASE WHEN o.promised_for IS NULL THEN 0 ELSE 1 END, "
                   "o.promised_for DESC, r.order_number DESC, r.line DESC";
        case AllocationOrder::priority:
            return "SELECT r.order_number, r.line, r.quantity FROM reservation r "
                   "JOIN sales_order o ON o.number = r.order_number "
                   "WHERE r.location = :location AND r.sku = :sku AND r.lot = :lot "
                   "ORDER BY CASE WHEN o.priority IS NULL THEN 0 ELSE 1 END, "
                   "o.priority DESC, r.order_number DESC, r.line DESC";
        default:
            return "SELECT r.order_number, r.line, r.quantity FROM reservation r "
                   "JOIN sales_order o ON o.number = r.order_number "
                   "WHERE r.location = :location AND r.sku = :sku AND r.lot = :lot "
                   "ORDER BY o.ordered_at DESC, r.order_number DESC, r.line DESC";
    }
}

// The reservations that make up `quantity`, last in allocation order first.
std::vector<Held> last_held(Transaction& transaction, const PoolKey& key, Quantity quantity) {
    auto rows = transaction.session().select(
        held_sql(*transaction.policies().allocation_order),
        {{"location", key.location}, {"sku", key.sku}, {"lot", key.lot}});
    std::vector<Held> held;
    while (quantity.positive() && rows.next()) {
        const auto some = std::min(quantity, rows.get<Quantity>(2));
        held.push_back({rows.get<DocumentNumber>(0), rows.get<std::int32_t>(1), some});
        quantity -= some;
    }
    return held;
}

void give_back(Transaction& transaction, const PoolKey& key, const Held& held,
               const std::string& reason) {
    unreserve(transaction, key, {held.order, held.line}, held.quantity);
    auto& session = transaction.session();
    session.execute(
        "UPDATE sales_order_line SET reserved = reserved - :quantity, waiting = waiting + "
        ":quantity "
        "WHERE order_number = :order_number AND line = :line",
        {{"quantity", held.quantity}, {"order_number", held.order}, {"line", held.line}});
    session.execute("UPDATE sales_order SET version = version + 1 WHERE number = :number",
                    {{"number", held.order}});
    const auto order = find_order_header(transaction, held.order);
    if (order->kind == OrderKind::transfer) {
        fit_held_serials(transaction, {held.order, held.line});
    }
    const auto line =
        find_row<SalesOrderLine>(session, {{"order_number", held.order}, {"line", held.line}});
    keep_demand(transaction, held.order, *line, demand_terms(*order),
                order->status == OrderStatus::open);
    event::ReleasedReservation released;
    released.order = held.order;
    released.line = held.line;
    released.sku = key.sku;
    released.location = key.location;
    released.quantity = held.quantity;
    released.reason = reason;
    transaction.record<event::ReservationReleased>(held.order, released);
}

}  // namespace

void release_reservations(Transaction& transaction, const Sku& sku, const LocationCode& location,
                          const std::optional<LotCode>& lot, Count reserved_max,
                          const std::string& reason) {
    const PoolKey key{location, sku, lot_text(lot)};
    const auto pool = find_pool(transaction, key);
    if (!pool || pool->reserved <= reserved_max) return;
    const Quantity excess = Quantity(pool->reserved) - reserved_max;
    for (const auto& held : last_held(transaction, key, excess)) {
        give_back(transaction, key, held, reason);
    }
    forget_empty_pool(transaction, key);
}

void make_room(Transaction& transaction, const Sku& sku, const LocationCode& location,
               const std::optional<LotCode>& lot, Quantity leaving, const std::string& reason) {
    const auto pool = find_pool(transaction, {location, sku, lot_text(lot)});
    if (!pool) return;
    const auto stays = std::max(Quantity(0), Quantity(pool->sellable) - leaving);
    release_reservations(transaction, sku, location, lot, stays, reason);
}

void release_serials(Transaction& transaction, const std::vector<Serial>& serials,
                     const std::string& reason) {
    for (const auto& serial : serials) {
        const auto row = find_serial(transaction, serial);
        if (!row || !row->held_by) continue;
        let_go(transaction, serial);
        give_back(transaction, {row->location, row->sku, row->lot},
                  {*row->held_by, row->held_line.value_or(0), Quantity(1)}, reason);
    }
}

std::int64_t expire_lots(Transaction& transaction) {
    struct Expired {
        LocationCode location;
        Sku sku;
        LotCode lot;
    };
    std::vector<Expired> expired;
    {
        auto rows = transaction.session().select(
            "SELECT s.location, s.sku, s.lot FROM lot l JOIN stock s ON s.sku = l.sku "
            "AND s.lot = l.code WHERE l.expires_on < :today AND s.reserved > 0 "
            "ORDER BY s.location, s.sku, s.lot",
            {{"today", transaction.today()}});
        while (rows.next()) {
            expired.push_back({rows.get<LocationCode>(0), rows.get<Sku>(1), rows.get<LotCode>(2)});
        }
    }
    StockKeys keys;
    for (const auto& [location, sku, lot] : expired) {
        release_reservations(transaction, sku, location, lot, Count(0), "lot expired");
        keys.insert({location, sku});
    }
    for (const auto& [location, sku] : keys) allocate(transaction, sku, location);
    return static_cast<std::int64_t>(expired.size());
}

}  // namespace wharf::domain
