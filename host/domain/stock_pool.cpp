#include "host/domain/stock_pool.hpp"

#include "wharf/refusal.hpp"

namespace wharf::domain {

std::optional<Pool> find_pool(Transaction& transaction, const PoolKey& key) {
    auto rows = transaction.session().select(
        "SELECT on_hand, value, sellable, docked, reserved FROM stock "
        "WHERE location = :location AND sku = :sku AND lot = :lot",
        {{"location", key.location}, {"sku", key.sku}, {"lot", key.lot}});
    if (!rows.next()) return std::nullopt;
    return Pool{rows.get<Count>(0), rows.get<Money>(1), rows.get<Count>(2), rows.get<Count>(3),
                rows.get<Count>(4)};
}

namespace {

std::int64_t update_pool(Transaction& transaction, const PoolKey& key, const PoolChange& change) {
    return transaction.session().execute(
        "UPDATE stock SET on_hand = on_hand + :on_hand, value = value + :value, "
        "sellable = sellable + :sellable, docked = docked + CASE WHEN :bin = "
        "(SELECT default_bin FROM location WHERE code = :location) THEN :sellable ELSE 0 END "
        "WHERE location = :location AND sku = :sku AND lot = :lot",
        {{"on_hand", change.on_hand},
         {"value", change.value},
         {"sellable", change.sellable},
         {"bin", change.bin},
         {"location", key.location},
         {"sku", key.sku},
         {"lot", key.lot}});
}

}  // namespace

void change_pool(Transaction& transaction, const PoolKey& key, const PoolChange& change) {
    if (update_pool(transaction, key, change) != 0) return;
    transaction.session().execute(
        "INSERT INTO stock (location, sku, lot, on_hand, value, sellable, docked, reserved, "
        "first_received) VALUES (:location, :sku, :lot, 0, 0, 0, 0, 0, :first_received)",
        {{"location", key.location},
         {"sku", key.sku},
         {"lot", key.lot},
         {"first_received", transaction.now()}});
    update_pool(transaction, key, change);
}

void forget_empty_pool(Transaction& transaction, const PoolKey& key) {
    if (key.lot.empty()) return;
    transaction.session().execute(
        "DELETE FROM stock WHERE location = :location AND sku = :sku AND lot = :lot "
        "AND on_hand = 0 AND value = 0 AND reserved = 0",
        {{"location", key.location}, {"sku", key.sku}, {"lot", key.lot}});
}

namespace {

// Adds to a balance row, which may be missing.
void add_to_balance(Transaction& transaction, std::string_view location, const Sku& sku,
                    std::string_view lot, std::string_view condition, std::string_view bin,
                    Quantity quantity, Money value) {
    const auto changed = transaction.session().execute(
        "UPDATE balance SET quantity = quantity + :quantity, value = value + :value "
        "WHERE location = :location AND sku = :sku AND lot = :lot AND condition = :condition "
        "AND bin = :bin",
        {{"quantity", quantity},
         {"value", value},
         {"location", location},
         {"sku", sku},
         {"lot", lot},
         {"condition", condition},
         {"bin", bin}});
    if (changed != 0) return;
    transaction.session().execute(
        "INSERT INTO balance (location, sku, lot, condition, bin, quantity, value) "
        "VALUES (:location, :sku, :lot, :condition, :bin, :quantity, :value)",
        {{"location", location},
         {"sku", sku},
         {"lot", lot},
         {"condition", condition},
         {"bin", bin},
         {"quantity", quantity},
         {"value", value}});
}

[[noreturn]] void refuse_insufficient(const PoolKey& key, const Position& position,
                                      Quantity quantity) {
    throw Refusal::conflict(
        "insufficient_stock",
        "there are not " + std::to_string(quantity.raw()) + " of \"" + key.sku.text() + "\" at \"" +
            position.location.text() + "\" in bin \"" + position.bin.text() + "\"" +
            (key.lot.empty() ? "" : ", lot \"" + std::string(key.lot) + "\"") + ", " +
            boost::describe::enum_to_string(position.condition, "unknown"));
}

}  // namespace

namespace {

std::optional<Standing> standing_of(Transaction& transaction, const PoolKey& key,
                                    const Position& position) {
    auto rows = transaction.session().select(
        "SELECT quantity, value FROM balance WHERE location = :location AND sku = :sku "
        "AND lot = :lot AND condition = :condition AND bin = :bin",
        {{"location", position.location},
         {"sku", key.sku},
         {"lot", key.lot},
         {"condition", position.condition},
         {"bin", position.bin}});
    if (!rows.next()) return std::nullopt;
    return Standing{rows.get<Count>(0), rows.get<Money>(1)};
}

}  // namespace

Standing take_from_position(Transaction& transaction, const PoolKey& key, const Position& position,
                            Quantity quantity, Money value) {
    const auto standing = standing_of(transaction, key, position);
    if (!standing || Quantity(standing->quantity) < quantity) {
        refuse_insufficient(key, position, quantity);
    }
    Standing left;
    left.quantity = Quantity(standing->quantity) - quantity;
    left.value = standing->value - value;
    if (left.quantity.positive() || left.value != Money()) {
        transaction.session().execute(
            "UPDATE balance SET quantity = :quantity, value = :value "
            "WHERE location = :location AND sku = :sku AND lot = :lot AND condition = :condition "
            "AND bin = :bin",
            {{"quantity", left.quantity},
             {"value", left.value},
             {"location", position.location},
             {"sku", key.sku},
             {"lot", key.lot},
             {"condition", position.condition},
             {"bin", position.bin}});
        return left;
    }
    transaction.session().execute(
        "DELETE FROM balance WHERE location = :location AND sku = :sku AND lot = :lot "
        "AND condition = :condition AND bin = :bin",
        {{"location", position.location},
         {"sku", key.sku},
         {"lot", key.lot},
         {"condition", position.condition},
         {"bin", position.bin}});
    return {};
}

std::optional<Position> fullest_position(Transaction& transaction, const PoolKey& key) {
    auto rows = transaction.session().select(
        "SELECT bin, condition FROM balance WHERE location = :location AND sku = :sku "
        "AND lot = :lot AND quantity > 0 ORDER BY quantity DESC, condition, bin LIMIT 1",
        {{"location", key.location}, {"sku", key.sku}, {"lot", key.lot}});
    if (!rows.next()) return std::nullopt;
    return Position{key.location, rows.get<BinCode>(0), rows.get<Condition>(1)};
}

void put_at_position(Transaction& transaction, const PoolKey& key, const Position& position,
                     Quantity quantity, Money value) {
    add_to_balance(transaction, position.location.view(), key.sku, key.lot,
                   boost::describe::enum_to_string(position.condition, "unknown"),
                   position.bin.view(), quantity, value);
}

void change_outside(Transaction& transaction, Outside outside, const Sku& sku, std::string_view lot,
                    Quantity quantity, Money value) {
    const auto code = outside_code(outside);
    add_to_balance(transaction, code.view(), sku, lot, "", "", quantity, value);
}

LocationCode outside_code(Outside outside) {
    switch (outside) {
        case Outside::vendor:
            return LocationCode("@vendor");
        case Outside::customer:
            return LocationCode("@customer");
        case Outside::transit:
            return LocationCode("@transit");
        case Outside::loss:
            return LocationCode("@loss");
        case Outside::adjustment:
            return LocationCode("@adjustment");
        case Outside::opening:
            return LocationCode("@opening");
    }
    throw std::logic_error("no such outside place");
}

std::vector<BinStock> sellable_bins(Transaction& transaction, const PoolKey& key) {
    auto rows = transaction.session().select(
        "SELECT b.bin, b.quantity FROM balance b JOIN location l ON l.code = b.location "
        "WHERE b.location = :location AND b.sku = :sku AND b.lot = :lot "
        "AND b.condition = 'sellable' AND b.quantity > 0 "
        "ORDER BY CASE WHEN b.bin = l.default_bin THEN 1 ELSE 0 END, b.bin",
        {{"location", key.location}, {"sku", key.sku}, {"lot", key.lot}});
    std::vector<BinStock> bins;
    while (rows.next()) bins.push_back({rows.get<BinCode>(0), rows.get<Count>(1)});
    return bins;
}

}  // namespace wharf::domain
