#include "host/domain/order_store.hpp"

#include <algorithm>

#include "host/domain/allocation.hpp"
#include "host/domain/pegs.hpp"
#include "host/domain/reservations.hpp"
#include "host/domain/serial_holds.hpp"
#include "host/domain/transfer_store.hpp"

namespace wharf::domain {

DemandTerms demand_terms(const SalesOrder& order) {
    DemandTerms terms;
    if (order.promised_for) terms.promised_for = order.promised_for->raw();
    if (order.priority) terms.priority = *order.priority;
    terms.ordered_at = order.ordered_at.raw();
    return terms;
}

std::optional<SalesOrder> find_order_header(Transaction& transaction,
                                            const DocumentNumber& number) {
    return find_row<SalesOrder>(transaction.session(), {{"number", number}});
}

void load_lines(Transaction& transaction, SalesOrder& order) {
    static const std::string sql =
        select_from<SalesOrderLine>() + " WHERE order_number = :order_number ORDER BY line";
    auto rows = transaction.session().select(sql, {{"order_number", order.number}});
    order.lines.clear();
    while (rows.next()) order.lines.push_back(read_row<SalesOrderLine>(rows));
    set_warnings(order);
}

void set_warnings(SalesOrder& order) {
    order.warnings.clear();
    if (order.status != OrderStatus::open) return;
    for (const auto& line : order.lines) {
        if (!line.waiting.positive()) continue;
        Warning warning;
        warning.code = "short";
        warning.line = line.line;
        warning.quantity = line.waiting;
        warning.detail = std::to_string(line.waiting.raw()) + " of \"" + line.sku.text() +
                         "\" wait for stock at \"" + line.location.text() + "\"";
        order.warnings.push_back(std::move(warning));
    }
}

std::optional<SalesOrder> find_order(Transaction& transaction, const DocumentNumber& number) {
    auto order = find_order_header(transaction, number);
    if (order) load_lines(transaction, *order);
    return order;
}

bool sees_order(const Transaction& transaction, const SalesOrder& order) {
    const auto& actor = transaction.actor();
    return actor.sees(order.location) || (order.destination && actor.sees(*order.destination)) ||
           std::any_of(order.lines.begin(), order.lines.end(),
                       [&](const SalesOrderLine& line) { return actor.sees(line.location); });
}

SalesOrder get_order(Transaction& transaction, const DocumentNumber& number) {
    auto order = find_order(transaction, number);
    if (!order || !sees_order(transaction, *order)) {
        throw Refusal::not_found("sales order", number.view());
    }
    return std::move(*order);
}

SalesOrder get_order_to_change(Transaction& transaction, const DocumentNumber& number) {
    auto order = get_order(transaction, number);
    transaction.check_version(order.version);
    return order;
}

namespace {

bool update_demand(Transaction& transaction, const DocumentNumber& order,
                   const SalesOrderLine& line, const DemandTerms& terms) {
    return transaction.session().execute(
               "UPDATE waiting_line SET waiting = :waiting, promised_for = :promised_for, "
               "priority = :priority, ordered_at = :ordered_at "
               "WHERE order_number = :order_number AND line = :line",
               {{"waiting", line.waiting},
                {"promised_for", terms.promised_for},
                {"priority", terms.priority},
                {"ordered_at", terms.ordered_at},
                {"order_number", order},
                {"line", line.line}}) != 0;
}

}  // namespace

void keep_demand(Transaction& transaction, const DocumentNumber& order, const SalesOrderLine& line,
                 const DemandTerms& terms, bool is_demand) {
    auto& session = transaction.session();
    if (!is_demand || !line.waiting.positive()) {
        session.execute(
            "DELETE FROM waiting_line WHERE order_number = :order_number AND line = :line",
            {{"order_number", order}, {"line", line.line}});
        return;
    }
    if (update_demand(transaction, order, line, terms)) return;
    add_demand(transaction, order, line, terms);
}

void add_demand(Transaction& transaction, const DocumentNumber& order, const SalesOrderLine& line,
                const DemandTerms& terms) {
    transaction.session().execute(
        "INSERT INTO waiting_line (order_number, line, location, sku, waiting, promised_for, "
        "priority, ordered_at) VALUES (:order_number, :line, :location, :sku, :waiting, "
        ":promised_for, :priority, :ordered_at)",
        {{"order_number", order},
         {"line", line.line},
         {"location", line.location},
         {"sku", line.sku},
         {"waiting", line.waiting},
         {"promised_for", terms.promised_for},
         {"priority", terms.priority},
         {"ordered_at", terms.ordered_at}});
}

OrderChange::OrderChange(Transaction& transaction, SalesOrder order)
    : transaction_(transaction),
      order_(std::move(order)),
      status_before_(order_.status),
      terms_before_(demand_terms(order_)),
      changed_(order_.lines.size()) {}

OrderChange::OrderChange(Transaction& transaction, const DocumentNumber& number)
    : OrderChange(transaction, get_order_to_change(transaction, number)) {}

const SalesOrderLine& OrderChange::line(std::int32_t number, const std::string& pointer) const {
    const auto index = static_cast<std::size_t>(number) - 1;
    if (number < 1 || index >= order_.lines.size() ||
        !transaction_.actor().sees(order_.lines[index].location)) {
        throw Refusal::invalid(pointer, "unknown_line",
                               order_.number.text() + " has no line " + std::to_string(number));
    }
    return order_.lines[index];
}

SalesOrderLine& OrderChange::change(std::int32_t number) {
    const auto index = static_cast<std::size_t>(number) - 1;
    changed_.at(index) = true;
    return order_.lines[index];
}

void OrderChange::need_all_lines() const {
    for (const auto& line : order_.lines) {
        if (transaction_.actor().sees(line.location)) continue;
        throw Refusal::forbidden("other_locations",
                                 order_.number.text() + " has lines at locations of others",
                                 "name the lines of your own locations");
    }
}

// The lots that would be reserved last go first.
void OrderChange::give_back(SalesOrderLine& line, Quantity quantity) {
    auto parts = reserved_parts(transaction_, {order_.number, line.line});
    std::reverse(parts.begin(), parts.end());
    for (const auto& part : take_parts(parts, quantity)) {
        unreserve(transaction_, {line.location, line.sku, part.lot}, {order_.number, line.line},
                  part.quantity);
    }
    if (order_.kind == OrderKind::transfer) {
        fit_held_serials(transaction_, {order_.number, line.line});
    }
    line.reserved = Quantity(line.reserved) - quantity;
    line.waiting = Quantity(line.waiting) + quantity;
    freed_.insert({line.location, line.sku});
}

void OrderChange::save() {
    ++order_.version;
    update_row(transaction_.session(), order_);
    const auto terms = demand_terms(order_);
    const bool is_demand = order_.status == OrderStatus::open;
    const bool all = order_.status != status_before_ ||
                     terms.promised_for != terms_before_.promised_for ||
                     terms.priority != terms_before_.priority;
    for (std::size_t i = 0; i < order_.lines.size(); ++i) {
        const auto& line = order_.lines[i];
        if (changed_[i]) {
            update_row(transaction_.session(), line, {{"order_number", order_.number}});
            shrink_demand_pegs(transaction_, order_.number, line.line, line.waiting);
        }
        if (changed_[i] || (all && line.waiting.positive())) {
            keep_demand(transaction_, order_.number, line, terms, is_demand);
        }
    }
    changed_.assign(changed_.size(), false);
    status_before_ = order_.status;
    if (order_.kind == OrderKind::transfer) follow_order(transaction_, order_.number);
}

void OrderChange::allocate_freed() {
    for (const auto& [location, sku] : freed_) allocate(transaction_, sku, location);
    freed_.clear();
}

}  // namespace wharf::domain
