// Locking a lot takes it out of what can be promised; unlocking gives it back.
#include "host/domain/allocation.hpp"
#include "host/domain/catalog.hpp"
#include "host/domain/catalog_operations.hpp"
#include "host/domain/catalog_rows.hpp"
#include "wharf/events.hpp"

namespace wharf::domain {
namespace {

std::vector<LocationCode> locations_of(Transaction& transaction, const Lot& lot) {
    auto rows = transaction.session().select(
        "SELECT location FROM stock WHERE sku = :sku AND lot = :lot ORDER BY location",
        {{"sku", lot.sku}, {"lot", lot.code}});
    std::vector<LocationCode> locations;
    while (rows.next()) locations.push_back(rows.get<LocationCode>(0));
    return locations;
}

Lot set_locked(Transaction& transaction, Lot lot, bool locked) {
    lot.locked = locked;
    ++lot.version;
    update_row(transaction.session(), lot);
    return lot;
}

}  // namespace

Lot lock_lot(Transaction& transaction, const catalog::LockLot& request) {
    auto lot = get_lot(transaction, request.sku, request.lot);
    transaction.check_version(lot.version);
    if (lot.locked) return lot;
    lot = set_locked(transaction, std::move(lot), true);
    const auto locations = locations_of(transaction, lot);
    for (const auto& location : locations) {
        release_reservations(transaction, lot.sku, location, lot.code, Count(0), "lot locked");
    }
    transaction.record<event::LotLocked>(lot);
    for (const auto& location : locations) allocate(transaction, lot.sku, location);
    return lot;
}

Lot unlock_lot(Transaction& transaction, const catalog::UnlockLot& request) {
    auto lot = get_lot(transaction, request.sku, request.lot);
    transaction.check_version(lot.version);
    if (!lot.locked) return lot;
    lot = set_locked(transaction, std::move(lot), false);
    for (const auto& location : locations_of(transaction, lot)) {
        allocate(transaction, lot.sku, location);
        event::StockMove fact;
        fact.sku = lot.sku;
        fact.location = location;
        fact.reason = Name("lot unlocked");
        transaction.record<event::StockMoved>(fact);
    }
    return lot;
}

}  // namespace wharf::domain
