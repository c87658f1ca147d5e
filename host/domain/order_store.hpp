// Sales orders in the database: loaded whole, changed in memory, saved by changed line. The demand
// that waits is kept beside the lines, in the terms of the allocation order.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "host/domain/rows.hpp"
#include "host/domain/transaction.hpp"
#include "wharf/model/sales.hpp"

namespace wharf::domain {

template <>
struct Stored<SalesOrder> : StoredIn<"sales_order", "number"> {
    static constexpr std::array<std::string_view, 2> kElsewhere{"lines", "warnings"};
};
template <>
struct Stored<SalesOrderLine> : StoredIn<"sales_order_line", "order_number", "line"> {};

// What decides when a waiting line is served; missing values come last.
struct DemandTerms {
    std::int64_t promised_for = INT64_MAX;
    std::int64_t priority = INT64_MAX;
    std::int64_t ordered_at = 0;
};
DemandTerms demand_terms(const SalesOrder& order);

// Without lines, and with all. Nothing when there is none.
std::optional<SalesOrder> find_order_header(Transaction& transaction, const DocumentNumber& number);
std::optional<SalesOrder> find_order(Transaction& transaction, const DocumentNumber& number);
// The order as the actor may see it; refuses not_found what its locations hide.
SalesOrder get_order(Transaction& transaction, const DocumentNumber& number);

// The same, and refuses (stale) another version than the caller named.
SalesOrder get_order_to_change(Transaction& transaction, const DocumentNumber& number);

// Fills in the lines and the warnings (`short`: what an open order waits for).
void load_lines(Transaction& transaction, SalesOrder& order);
void set_warnings(SalesOrder& order);

// A bound key sees an order of one of its locations, or with a line there.
bool sees_order(const Transaction& transaction, const SalesOrder& order);

// Keeps the demand of one line: only open orders' waiting lines are demand.
void keep_demand(Transaction& transaction, const DocumentNumber& order, const SalesOrderLine& line,
                 const DemandTerms& terms, bool is_demand);

// The same for a line that is known to have none yet, and waits.
void add_demand(Transaction& transaction, const DocumentNumber& order, const SalesOrderLine& line,
                const DemandTerms& terms);

// Products at locations whose free stock may have grown.
using StockKeys = std::set<std::pair<LocationCode, Sku>>;

// An order being changed. Nothing is stored before save().
class OrderChange {
public:
    // As the caller named it: refuses not_found and stale.
    OrderChange(Transaction& transaction, const DocumentNumber& number);
    // As a consequence of a change of another document.
    OrderChange(Transaction& transaction, SalesOrder order);

    [[nodiscard]] const SalesOrder& order() const { return order_; }
    [[nodiscard]] SalesOrder& header() { return order_; }
    // Refuses (invalid at the pointer, unknown_line) a line that is not there or not to be seen.
    [[nodiscard]] const SalesOrderLine& line(std::int32_t number, const std::string& pointer) const;
    // The line to be changed. References stay good.
    SalesOrderLine& change(std::int32_t number);
    // Every line is visible to the actor, or the refusal says that it is not.
    void need_all_lines() const;

    // Gives back what the line holds: `quantity` of its reservation, back to waiting.
    void give_back(SalesOrderLine& line, Quantity quantity);

    // Stores the header at its next version and the changed lines with their demand and pegs.
    void save();
    // Serves others with what was given back; call after save().
    void allocate_freed();
    [[nodiscard]] StockKeys& freed() { return freed_; }

private:
    Transaction& transaction_;
    SalesOrder order_;
    OrderStatus status_before_;
    DemandTerms terms_before_;
    std::vector<bool> changed_;
    StockKeys freed_;
};

}  // namespace wharf::domain
