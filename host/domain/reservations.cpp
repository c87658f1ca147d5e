#include "host/domain/reservations.hpp"

#include <algorithm>

#include "host/domain/catalog.hpp"

namespace wharf::domain {
namespace {

constexpr std::string_view kFreeWithoutLots =
    "SELECT '', sellable - reserved - CASE WHEN :putaway = 1 THEN docked ELSE 0 END FROM stock "
    "WHERE location = :location AND sku = :sku AND lot = ''";

constexpr std::string_view kFreeFirstExpired =
    "SELECT s.lot, s.sellable - s.reserved - CASE WHEN :putaway = 1 THEN s.docked ELSE 0 END "
    "FROM stock s LEFT JOIN lot l ON l.sku = s.sku AND l.code = s.lot "
    "WHERE s.location = :location AND s.sku = :sku AND s.sellable > s.reserved "
    "AND COALESCE(l.locked, 0) = 0 AND (l.expires_on IS NULL OR l.expires_on >= :today) "
    "ORDER BY CASE WHEN l.expires_on IS NULL THEN 1 ELSE 0 END, l.expires_on, s.first_received, "
    "s.lot";

constexpr std::string_view kFreeFirstReceived =
    "SELECT s.lot, s.sellable - s.reserved - CASE WHEN :putaway = 1 THEN s.docked ELSE 0 END "
    "FROM stock s LEFT JOIN lot l ON l.sku = s.sku AND l.code = s.lot "
    "WHERE s.location = :location AND s.sku = :sku AND s.sellable > s.reserved "
    "AND COALESCE(l.locked, 0) = 0 AND (l.expires_on IS NULL OR l.expires_on >= :today) "
    "ORDER BY s.first_received, s.lot";

std::vector<LotPart> read_free(storage::Cursor rows) {
    std::vector<LotPart> parts;
    while (rows.next()) {
        const auto free = rows.get<Count>(1);
        if (free.positive()) parts.push_back({rows.get<std::string>(0), free});
    }
    return parts;
}

}  // namespace

std::vector<LotPart> free_lots(Transaction& transaction, const Sku& sku,
                               const LocationCode& location, Tracking tracking) {
    auto& session = transaction.session();
    const bool putaway = transaction.policies().putaway_required;
    if (tracking == Tracking::none) {
        return read_free(session.select(
            kFreeWithoutLots, {{"putaway", putaway}, {"location", location}, {"sku", sku}}));
    }
    const bool first_received = *transaction.policies().lot_order == LotOrder::first_received;
    return read_free(session.select(first_received ? kFreeFirstReceived : kFreeFirstExpired,
                                    {{"putaway", putaway},
                                     {"location", location},
                                     {"sku", sku},
                                     {"today", transaction.today()}}));
}

std::vector<LotPart> take_parts(std::vector<LotPart>& parts, Quantity quantity) {
    std::vector<LotPart> taken;
    auto part = parts.begin();
    while (part != parts.end() && quantity.positive()) {
        const Quantity some = std::min(Quantity(part->quantity), quantity);
        taken.push_back({part->lot, some});
        quantity -= some;
        part->quantity = Quantity(part->quantity) - some;
        if (part->quantity.zero()) ++part;
    }
    parts.erase(parts.begin(), part);
    return taken;
}

namespace {

void insert_reservation(Transaction& transaction, const PoolKey& key, const OrderLineKey& line,
                        Quantity quantity) {
    transaction.session().execute(
        "INSERT INTO reservation (order_number, line, lot, location, sku, quantity) "
        "VALUES (:order_number, :line, :lot, :location, :sku, :quantity)",
        {{"order_number", line.order},
         {"line", line.line},
         {"lot", key.lot},
         {"location", key.location},
         {"sku", key.sku},
         {"quantity", quantity}});
}

}  // namespace

bool reserve_whole(Transaction& transaction, const Sku& sku, const LocationCode& location,
                   const OrderLineKey& line, Quantity quantity) {
    const bool putaway = transaction.policies().putaway_required;
    const auto changed = transaction.session().execute(
        "UPDATE stock SET reserved = reserved + :quantity "
        "WHERE location = :location AND sku = :sku AND lot = '' "
        "AND sellable - reserved - CASE WHEN :putaway = 1 THEN docked ELSE 0 END >= :quantity",
        {{"quantity", quantity}, {"location", location}, {"sku", sku}, {"putaway", putaway}});
    if (changed == 0) return false;
    insert_reservation(transaction, {location, sku, ""}, line, quantity);
    return true;
}

void reserve(Transaction& transaction, const PoolKey& key, const OrderLineKey& line,
             Quantity quantity, Holding holding) {
    auto& session = transaction.session();
    session.execute(
        "UPDATE stock SET reserved = reserved + :quantity "
        "WHERE location = :location AND sku = :sku AND lot = :lot",
        {{"quantity", quantity}, {"location", key.location}, {"sku", key.sku}, {"lot", key.lot}});
    if (holding == Holding::may_exist) {
        const auto changed = session.execute(
            "UPDATE reservation SET quantity = quantity + :quantity "
            "WHERE order_number = :order_number AND line = :line AND lot = :lot",
            {{"quantity", quantity},
             {"order_number", line.order},
             {"line", line.line},
             {"lot", key.lot}});
        if (changed != 0) return;
    }
    insert_reservation(transaction, key, line, quantity);
}

void unreserve(Transaction& transaction, const PoolKey& key, const OrderLineKey& line,
               Quantity quantity) {
    auto& session = transaction.session();
    session.execute(
        "UPDATE stock SET reserved = reserved - :quantity "
        "WHERE location = :location AND sku = :sku AND lot = :lot",
        {{"quantity", quantity}, {"location", key.location}, {"sku", key.sku}, {"lot", key.lot}});
    const auto held = session.value<std::int64_t>(
        "SELECT quantity FROM reservation "
        "WHERE order_number = :order_number AND line = :line AND lot = :lot",
        {{"order_number", line.order}, {"line", line.line}, {"lot", key.lot}});
    if (!held || *held < quantity.raw()) {
        throw std::logic_error("a line gives back more than it holds");
    }
    if (*held > quantity.raw()) {
        session.execute(
            "UPDATE reservation SET quantity = quantity - :quantity "
            "WHERE order_number = :order_number AND line = :line AND lot = :lot",
            {{"quantity", quantity},
             {"order_number", line.order},
             {"line", line.line},
             {"lot", key.lot}});
        return;
    }
    session.execute(
        "DELETE FROM reservation "
        "WHERE order_number = :order_number AND line = :line AND lot = :lot",
        {{"order_number", line.order}, {"line", line.line}, {"lot", key.lot}});
}

std::vector<LotPart> reserved_parts(Transaction& transaction, const OrderLineKey& line) {
    auto rows = transaction.session().select(
        "SELECT r.lot, r.quantity FROM reservation r "
        "LEFT JOIN lot l ON l.sku = r.sku AND l.code = r.lot "
        "WHERE r.order_number = :order_number AND r.line = :line "
        "ORDER BY CASE WHEN l.expires_on IS NULL THEN 1 ELSE 0 END, l.expires_on, r.lot",
        {{"order_number", line.order}, {"line", line.line}});
    std::vector<LotPart> parts;
    while (rows.next()) parts.push_back({rows.get<std::string>(0), rows.get<Count>(1)});
    return parts;
}

bool lot_usable(Transaction& transaction, const Sku& sku, const std::string& lot) {
    if (lot.empty()) return true;
    const auto found = find_lot(transaction, sku, LotCode(lot));
    return found && !found->locked &&
           (!found->expires_on || *found->expires_on >= transaction.today());
}

}  // namespace wharf::domain
