// Goods at a hub: sent on with a transfer, which their pegs follow, or kept there.
#include <algorithm>

#include "host/domain/allocation.hpp"
#include "host/domain/pegs.hpp"
#include "host/domain/planning_supply.hpp"
#include "host/domain/receipt.hpp"
#include "host/domain/receipt_store.hpp"

namespace wharf::domain {
namespace {

// The transfer's line, that brings the same product to where the goods are for.
planning::Supply taking_supply(Transaction& transaction, const StoredReceipt& stored,
                               const ReceiptLine& line, const SupplyLine& named) {
    auto supply = read_supply_line(transaction, named);
    const bool fits = supply && named.kind == SupplyKind::transfer && supply->sku == line.sku &&
                      supply->location == *stored.receipt.destination;
    if (fits) return std::move(*supply);
    throw Refusal::invalid("/supply", "unknown_supply",
                           "\"" + named.number.text() + "\" line " + std::to_string(named.line) +
                               " is no transfer of \"" + line.sku.text() + "\" to \"" +
                               stored.receipt.destination->text() + "\"");
}

}  // namespace

Receipt send_on(Transaction& transaction, const receiving::SendOn& request) {
    auto stored = load_receipt(transaction, request.number);
    const auto index = stored.index_of(request.line);
    if (!index) {
        throw Refusal::invalid("/line", "unknown_line",
                               "the receipt has no line " + std::to_string(request.line));
    }
    auto& line = stored.receipt.lines[*index];
    const auto quantity = request.quantity.value_or(line.onward);
    if (!quantity.positive() || quantity > line.onward) {
        throw Refusal::conflict("nothing_to_send_on",
                                std::to_string(line.onward.raw()) + " units of line " +
                                    std::to_string(request.line) + " of " + request.number.text() +
                                    " wait to be sent on");
    }
    const auto waiting = supply_of(stored.receipt, line);
    if (request.supply) {
        const auto supply = taking_supply(transaction, stored, line, *request.supply);
        const auto room = std::max(Quantity(supply.owed) - supply.pegged, Quantity(0));
        move_pegs(transaction, waiting, *request.supply, std::min(quantity, room));
    }
    line.onward -= quantity;
    stored.facts[*index].waiting -= quantity;
    save_receipt_line(transaction, stored, *index);
    shrink_supply_pegs(transaction, waiting, stored.facts[*index].waiting);
    if (!request.supply) allocate(transaction, line.sku, stored.receipt.location);
    save_receipt_header(transaction, stored);
    return stored.receipt;
}

}  // namespace wharf::domain
