#include "host/domain/movement_store.hpp"

#include "host/domain/stock_pool.hpp"
#include "wharf/refusal.hpp"

namespace wharf::domain {
namespace {

Place read_place(const storage::Cursor& row, int column) {
    Place place;
    place.location = row.get<LocationCode>(column);
    if (!row.text(column + 1).empty()) place.bin = row.get<BinCode>(column + 1);
    if (!row.text(column + 2).empty()) place.condition = row.get<Condition>(column + 2);
    return place;
}

}  // namespace

Movement read_movement(const storage::Cursor& row) {
    Movement movement;
    movement.id = row.integer(0);
    movement.at = row.get<Instant>(1);
    movement.sku = row.get<Sku>(2);
    if (!row.text(3).empty()) movement.lot = row.get<LotCode>(3);
    movement.quantity = row.get<Count>(4);
    movement.from = read_place(row, 5);
    movement.to = read_place(row, 8);
    movement.value = row.get<Money>(11);
    movement.reason = row.get<Name>(12);
    movement.document = row.get<std::optional<DocumentNumber>>(13);
    return movement;
}

void load_serials(Transaction& transaction, Movement& movement) {
    auto rows = transaction.session().select(
        "SELECT serial FROM movement_serial WHERE movement = :movement ORDER BY serial",
        {{"movement", movement.id}});
    while (rows.next()) movement.serials.push_back(rows.get<Serial>(0));
}

std::vector<Movement> movements_of(Transaction& transaction, const DocumentNumber& document) {
    static const std::string sql = "SELECT " + std::string(kMovementColumns) +
                                   " FROM movement WHERE document = :document ORDER BY id";
    std::vector<Movement> movements;
    {
        auto rows = transaction.session().select(sql, {{"document", document}});
        while (rows.next()) movements.push_back(read_movement(rows));
    }
    for (auto& movement : movements) load_serials(transaction, movement);
    return movements;
}

std::vector<Serial> serials_at(Transaction& transaction, const Sku& sku,
                               const std::optional<LotCode>& lot, const Position& position) {
    auto rows = transaction.session().select(
        "SELECT serial FROM serial WHERE sku = :sku AND location = :location AND lot = :lot "
        "AND bin = :bin AND condition = :condition ORDER BY serial",
        {{"sku", sku},
         {"location", position.location},
         {"lot", lot_text(lot)},
         {"bin", position.bin},
         {"condition", position.condition}});
    std::vector<Serial> serials;
    while (rows.next()) serials.push_back(rows.get<Serial>(0));
    return serials;
}

void keep_adjustment(Transaction& transaction, const inventory::Adjustment& adjustment) {
    transaction.session().execute(
        "INSERT INTO adjustment (number, reference, location, reason, created_at) "
        "VALUES (:number, :reference, :location, :reason, :created_at)",
        {{"number", adjustment.number},
         {"reference", adjustment.reference},
         {"location", adjustment.location},
         {"reason", adjustment.reason},
         {"created_at", adjustment.created_at}});
}

inventory::Adjustment find_adjustment(Transaction& transaction, const DocumentNumber& number) {
    inventory::Adjustment adjustment;
    {
        auto rows = transaction.session().select(
            "SELECT reference, location, reason, created_at FROM adjustment WHERE number = :number",
            {{"number", number}});
        if (!rows.next() || !transaction.actor().sees(rows.get<LocationCode>(1))) {
            throw Refusal::not_found("adjustment", number.view());
        }
        adjustment.number = number;
        adjustment.reference = rows.get<std::optional<Reference>>(0);
        adjustment.location = rows.get<LocationCode>(1);
        adjustment.reason = rows.get<Name>(2);
        adjustment.created_at = rows.get<Instant>(3);
    }
    adjustment.movements = movements_of(transaction, number);
    return adjustment;
}

}  // namespace wharf::domain
