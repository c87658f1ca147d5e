// Pegs: a quantity of an order line's waiting tied to a quantity of one supply line. Many to many.
#pragma once

#include <optional>
#include <vector>

#include "host/domain/transaction.hpp"
#include "wharf/model/purchasing.hpp"

namespace wharf::domain {

// Demand shrank (or was served otherwise): keeps at most `waiting` pegged on the order line. Pegs
// on draft supply go first, then waiting for approval, then approved; last made first within each.
void shrink_demand_pegs(Transaction& transaction, const DocumentNumber& order, std::int32_t line,
                        Count waiting);

// Supply shrank: keeps at most `owed` pegged on the supply line. The last in allocation order loses
// first; its demand is need again.
void shrink_supply_pegs(Transaction& transaction, const SupplyLine& supply, Count owed);

// The pegs on one supply line, first in allocation order first.
std::vector<Peg> pegs_on_supply(Transaction& transaction, const SupplyLine& supply);

// How much of the supply line is pegged; how much of the order line's waiting is.
Count pegged_on_supply(Transaction& transaction, const SupplyLine& supply);
Count pegged_on_demand(Transaction& transaction, const DocumentNumber& order, std::int32_t line);

// Ties a quantity; joins an existing peg of the same two lines.
void peg(Transaction& transaction, const DocumentNumber& order, std::int32_t order_line,
         const Sku& sku, const LocationCode& location, const SupplyLine& supply, Quantity quantity);

// Ties a supply line that has no peg yet to each of these order lines.
struct Tied {
    DocumentNumber order;
    std::int32_t line = 0;
    Quantity quantity;
};
void peg_all(Transaction& transaction, const SupplyLine& supply, const Sku& sku,
             const LocationCode& location, const std::vector<Tied>& tied);

// Takes `quantity` off one peg; it goes away at zero.
void reduce_peg(Transaction& transaction, const Peg& peg, Quantity quantity);

// Moves pegs from one supply line to another, first in allocation order first, up to `quantity`.
void move_pegs(Transaction& transaction, const SupplyLine& from, const SupplyLine& to,
               Count quantity);

// The row of `SELECT id, sales_order, order_line, sku, location, supply_kind, supply_number,
// supply_line, quantity FROM peg`.
Peg read_peg(const storage::Cursor& row);

}  // namespace wharf::domain
