// What the steps of a sales order have in common.
#pragma once

#include <initializer_list>
#include <string_view>

#include "host/domain/order_store.hpp"
#include "wharf/operations/sales.hpp"

namespace wharf::domain {

// Refuses (conflict, wrong_status) an order in another status.
void need_status(const SalesOrder& order, std::initializer_list<OrderStatus> allowed,
                 std::string_view what);

// Refuses (conflict, is_a_transfer) a step of sales orders that transfers have their own for.
void refuse_transfer(const SalesOrder& order, std::string_view what);

// An order whose lines neither wait nor hold anything is completed when something was shipped, else
// cancelled. Gives whether the status changed.
bool settle_status(SalesOrder& order);

// Amends an order whose status allows it, with all that follows.
SalesOrder amended(Transaction& transaction, OrderChange& change, const sales::AmendOrder& request);

// Serves others with what a saved change freed; gives the order as it is after that.
SalesOrder allocated(Transaction& transaction, OrderChange& change);

}  // namespace wharf::domain
