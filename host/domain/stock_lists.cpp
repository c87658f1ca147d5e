// Seeing stock: levels by sku, location, condition and lot; movements; where one serial is.
#include "host/domain/inventory_operations.hpp"
#include "host/domain/movement_store.hpp"
#include "host/domain/pages.hpp"
#include "host/domain/serials.hpp"

namespace wharf::domain {
namespace {

// Every level at a location is one group of its balance, beside its pool and the state of its lot.
constexpr std::string_view kLevels =
    "SELECT b.sku, b.location, b.lot, b.condition, CAST(SUM(b.quantity) AS BIGINT), "
    "CAST(SUM(b.value) AS BIGINT), s.sellable, s.docked, s.reserved, COALESCE(l.locked, 0), "
    "l.expires_on "
    "FROM balance b JOIN stock s ON s.location = b.location AND s.sku = b.sku AND s.lot = b.lot "
    "LEFT JOIN lot l ON l.sku = b.sku AND l.code = b.lot WHERE ";
constexpr std::string_view kLevelsRest =
    " GROUP BY b.location, b.sku, b.lot, b.condition, s.sellable, s.docked, "
    "s.reserved, l.locked, l.expires_on HAVING SUM(b.quantity) > 0 "
    "ORDER BY b.location, b.sku, b.lot, b.condition";
constexpr std::string_view kBehind =
    "(b.location, b.sku, b.lot, b.condition) > (:after_location, :after_sku, :after_lot, "
    ":after_condition)";

Count available_of(Transaction& transaction, const storage::Cursor& row) {
    const bool locked = row.integer(9) != 0;
    const auto expires = row.get<std::optional<Date>>(10);
    if (locked || (expires && *expires < transaction.today())) return {};
    auto free = row.get<Quantity>(6) - row.get<Quantity>(8);
    if (transaction.policies().putaway_required) free -= row.get<Quantity>(7);
    return std::max(free, Quantity(0));
}

StockItem read_level(Transaction& transaction, const storage::Cursor& row) {
    StockItem item;
    item.sku = row.get<Sku>(0);
    item.location = row.get<LocationCode>(1);
    if (!row.text(2).empty()) item.lot = row.get<LotCode>(2);
    item.condition = row.get<Condition>(3);
    item.on_hand = row.get<Count>(4);
    item.value = row.get<Money>(5);
    if (item.condition == Condition::sellable) {
        item.reserved = row.get<Count>(8);
        item.available = available_of(transaction, row);
    }
    return item;
}

std::string levels_sql(const inventory::Levels& request) {
    std::string sql(kLevels);
    if (request.sku) sql += "s.sku = :sku AND ";
    if (request.location) sql += "b.location = :location AND ";
    sql += kBehind;
    return sql += kLevelsRest;
}

std::string level_cursor(const StockItem& last) {
    return encode_cursor({last.location.view(), last.sku.view(),
                          last.lot ? last.lot->view() : std::string_view(),
                          boost::describe::enum_to_string(last.condition, "unknown")});
}

}  // namespace

Page<StockItem> levels(Transaction& transaction, const inventory::Levels& request) {
    const auto limit = page_limit(transaction, request.limit);
    const auto after = decode_cursor(request.after, 4);
    std::vector<storage::Parameter> parameters;
    if (request.sku) parameters.emplace_back("sku", *request.sku);
    if (request.location) parameters.emplace_back("location", *request.location);
    parameters.emplace_back("after_location", after[0]);
    parameters.emplace_back("after_sku", after[1]);
    parameters.emplace_back("after_lot", after[2]);
    parameters.emplace_back("after_condition", after[3]);
    const auto sql = levels_sql(request);
    auto rows = transaction.session().select(sql, std::span<const storage::Parameter>(parameters));
    auto next = [&]() -> std::optional<StockItem> {
        while (rows.next()) {
            auto item = read_level(transaction, rows);
            if (transaction.actor().sees(item.location)) return item;
        }
        return std::nullopt;
    };
    return collect_page<StockItem>(limit, next, level_cursor);
}

namespace {

bool sees_movement(Transaction& transaction, const Movement& movement) {
    const auto& actor = transaction.actor();
    return actor.sees(movement.from.location) || actor.sees(movement.to.location);
}

// The most selective filter drives; the others are checked row by row.
std::string movements_sql(const inventory::Movements& request) {
    const std::string head = "SELECT " + std::string(kMovementColumns) + " FROM movement WHERE ";
    std::string rest = "id > :after";
    if (request.sku) rest += " AND sku = :sku";
    if (request.document) rest += " AND document = :document";
    if (!request.location) return head + rest + " ORDER BY id";
    return head + "from_location = :location AND " + rest + " UNION SELECT " +
           std::string(kMovementColumns) + " FROM movement WHERE to_location = :location AND " +
           rest + " ORDER BY id";
}

}  // namespace

Page<Movement> movements(Transaction& transaction, const inventory::Movements& request) {
    const auto limit = page_limit(transaction, request.limit);
    const auto after = decode_counter(request.after);
    std::vector<storage::Parameter> parameters;
    parameters.emplace_back("after", after);
    if (request.sku) parameters.emplace_back("sku", *request.sku);
    if (request.document) parameters.emplace_back("document", *request.document);
    if (request.location) parameters.emplace_back("location", *request.location);
    const auto sql = movements_sql(request);
    auto rows = transaction.session().select(sql, std::span<const storage::Parameter>(parameters));
    auto next = [&]() -> std::optional<Movement> {
        while (rows.next()) {
            auto movement = read_movement(rows);
            if (sees_movement(transaction, movement)) return movement;
        }
        return std::nullopt;
    };
    auto page = collect_page<Movement>(
        limit, next, [](const Movement& last) { return encode_cursor({std::to_string(last.id)}); });
    for (auto& movement : page.items) load_serials(transaction, movement);
    return page;
}

SerialState get_serial(Transaction& transaction, const inventory::GetSerial& request) {
    const auto row = find_serial(transaction, request.serial);
    if (!row || !(row->outside() ? transaction.actor().locations.empty()
                                 : transaction.actor().sees(row->location))) {
        throw Refusal::not_found("serial", request.serial.view());
    }
    SerialState state;
    state.serial = row->serial;
    state.sku = row->sku;
    if (!row->lot.empty()) state.lot = LotCode(row->lot);
    state.place.location = row->location;
    if (!row->bin.empty()) state.place.bin = BinCode(row->bin);
    if (!row->condition.empty()) {
        Condition condition{};
        boost::describe::enum_from_string(row->condition.c_str(), condition);
        state.place.condition = condition;
    }
    state.reserved_for = row->held_by;
    state.reserved_line = row->held_line;
    state.cost = row->cost;
    return state;
}

}  // namespace wharf::domain
