// Moving stock between the bins of one location: what is promised stays promised, and what leaves
// the default bin may become available: to its own pegs first.
#include "host/domain/allocation.hpp"
#include "host/domain/catalog.hpp"
#include "host/domain/dock.hpp"
#include "host/domain/inventory_operations.hpp"
#include "host/domain/ledger.hpp"
#include "wharf/events.hpp"

namespace wharf::domain {

Page<Movement> move_bin(Transaction& transaction, const inventory::MoveBin& request) {
    const auto location = stocking_location(transaction, request.location, "/location");
    const auto product = find_product(transaction, request.sku);
    if (!product) {
        throw Refusal::invalid("/sku", "unknown_sku",
                               "there is no sku \"" + request.sku.text() + "\"");
    }
    if (request.from_bin == request.to_bin) {
        throw Refusal::invalid("/to_bin", "same_bin", "it goes to another bin");
    }
    check_lot_named(*product, request.lot, "/lot");
    const Position from{location.code, request.from_bin, request.condition};
    const Position to{location.code, request.to_bin, request.condition};
    Page<Movement> page;
    page.items.push_back(move(transaction,
                              {request.sku, request.lot, request.quantity, *request.serials, from,
                               to, std::nullopt, "bin move", std::nullopt},
                              product->tracking));
    const bool shelved = request.condition == Condition::sellable &&
                         waits_for_putaway(transaction, location.code, request.from_bin);
    if (shelved) serve_dock(transaction, request.sku, location.code, request.quantity);
    if (transaction.policies().putaway_required) allocate(transaction, request.sku, location.code);
    event::StockMove fact;
    fact.sku = request.sku;
    fact.location = location.code;
    fact.reason = Name("bin move");
    transaction.record<event::StockMoved>(fact);
    return page;
}

}  // namespace wharf::domain
