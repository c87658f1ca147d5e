// What happens to an order between placing and shipping: approval, hold, amendment, cancelling.
#include <algorithm>

#include "host/domain/allocation.hpp"
#include "host/domain/catalog.hpp"
#include "host/domain/faults.hpp"
#include "host/domain/money_rules.hpp"
#include "host/domain/order_steps.hpp"
#include "host/domain/order_store.hpp"
#include "host/domain/sales_operations.hpp"
#include "wharf/events.hpp"

namespace wharf::domain {

void need_status(const SalesOrder& order, std::initializer_list<OrderStatus> allowed,
                 std::string_view what) {
    if (std::find(allowed.begin(), allowed.end(), order.status) != allowed.end()) return;
    throw Refusal::conflict("wrong_status",
                            order.number.text() + " is " +
                                boost::describe::enum_to_string(order.status, "unknown") +
                                " and cannot be " + std::string(what));
}

void refuse_transfer(const SalesOrder& order, std::string_view what) {
    if (order.kind != OrderKind::transfer) return;
    throw Refusal::conflict("is_a_transfer",
                            order.number.text() + " is a transfer and is not " + std::string(what) +
                                " like a sales order",
                            "use the transfer's own steps");
}

bool settle_status(SalesOrder& order) {
    const bool live =
        order.status != OrderStatus::completed && order.status != OrderStatus::cancelled;
    bool shipped = false;
    for (const auto& line : order.lines) {
        if (line.waiting.positive() || line.reserved.positive()) return false;
        shipped = shipped || line.shipped.positive();
    }
    if (!live) return false;
    order.status = shipped ? OrderStatus::completed : OrderStatus::cancelled;
    return true;
}

SalesOrder allocated(Transaction& transaction, OrderChange& change) {
    const auto version = change.order().version;
    if (change.freed().empty()) {
        set_warnings(change.header());
        return change.order();
    }
    change.allocate_freed();
    auto header = find_order_header(transaction, change.order().number);
    if (header->version == version) {
        set_warnings(change.header());
        return change.order();
    }
    load_lines(transaction, *header);
    return std::move(*header);
}

namespace {

void free_waiting_lines(OrderChange& change) {
    for (const auto& line : change.order().lines) {
        if (line.waiting.positive()) change.freed().insert({line.location, line.sku});
    }
}

void refuse_if_short(Transaction& transaction, const SalesOrder& order) {
    const bool may_wait =
        transaction.policies().orders_beyond_stock_allowed && order.kind != OrderKind::transfer;
    if (may_wait || order.warnings.empty()) return;
    Faults shorts;
    for (const auto& warning : order.warnings) {
        shorts.add("/lines", warning.code, warning.detail.value_or(""));
    }
    throw Refusal::conflict("insufficient_stock",
                            order.kind == OrderKind::transfer
                                ? "a transfer takes no more than its source has free"
                                : "the account takes no orders beyond stock, and there is not "
                                  "enough")
        .with_faults(shorts.take());
}

// Less quantity releases waiting first, then reserved.
void cancel_units(OrderChange& change, SalesOrderLine& line, Quantity units) {
    const auto from_reserved = units - std::min(units, Quantity(line.waiting));
    if (from_reserved.positive()) change.give_back(line, from_reserved);
    line.waiting = Quantity(line.waiting) - units;
}

void cancel_line(OrderChange& change, SalesOrderLine& line) {
    const Quantity rest = Quantity(line.waiting) + line.reserved;
    if (!rest.positive()) return;
    cancel_units(change, line, rest);
    line.cancelled = Quantity(line.cancelled) + rest;
}

void set_quantity(Transaction& transaction, OrderChange& change, SalesOrderLine& line,
                  Quantity quantity) {
    const Quantity before = line.quantity;
    if (quantity < before) {
        cancel_units(change, line, before - quantity);
    } else {
        line.waiting = Quantity(line.waiting) + (quantity - before);
        change.freed().insert({line.location, line.sku});
    }
    line.quantity = quantity;
    line.unit.reset();
    line.unit_quantity.reset();
    const auto amount = line_amount(quantity, line.unit_price, line.discount,
                                    minor_digits(transaction.account().currency.view()));
    change.header().amount += amount - line.amount;
    line.amount = amount;
}

void check_amended(Faults& faults, const SalesOrderLine& line, Quantity quantity,
                   const std::string& pointer) {
    const Quantity fixed = Quantity(line.shipped) + line.cancelled;
    if (quantity.zero()) {
        faults.conflict_if(
            line.shipped.positive(), pointer, "below_shipped",
            std::to_string(line.shipped.raw()) + " are shipped: cancel the rest instead");
        return;
    }
    faults.conflict_if(quantity < fixed, pointer, "below_shipped",
                       std::to_string(line.shipped.raw()) + " are shipped and " +
                           std::to_string(line.cancelled.raw()) + " cancelled");
    faults.add_if(line_amount(quantity, line.unit_price) < line.discount, pointer,
                  "discount_exceeds_amount", "the line's discount is more than it would be worth");
}

// Gives whether anything is another than before.
bool amend_lines(Transaction& transaction, OrderChange& change,
                 const std::vector<sales::AmendLine>& wanted) {
    Faults faults;
    std::set<std::int32_t> named;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        const auto pointer = "/lines/" + std::to_string(i);
        faults.add_if(!named.insert(wanted[i].line).second, pointer + "/line", "line_twice",
                      "each line is amended once");
        collect(faults, [&] {
            const auto& line = change.line(wanted[i].line, pointer + "/line");
            check_amended(faults, line, wanted[i].quantity, pointer + "/quantity");
        });
    }
    faults.refuse_if_any();
    bool changed = false;
    for (const auto& one : wanted) {
        const auto& line = change.line(one.line, "/lines");
        const bool cancels = one.quantity.zero();
        const bool same = cancels ? !(line.waiting.positive() || line.reserved.positive())
                                  : Quantity(one.quantity) == line.quantity;
        if (same) continue;
        changed = true;
        auto& target = change.change(one.line);
        if (cancels) {
            cancel_line(change, target);
        } else {
            set_quantity(transaction, change, target, one.quantity);
        }
    }
    return changed;
}

bool amend_header(OrderChange& change, const sales::AmendOrder& request) {
    auto& header = change.header();
    bool changed = false;
    if (request.promised_for && request.promised_for != header.promised_for) {
        header.promised_for = request.promised_for;
        changed = true;
    }
    if (request.priority && request.priority != header.priority) {
        header.priority = request.priority;
        changed = true;
    }
    return changed;
}

void reopen_if_grown(SalesOrder& order) {
    if (order.status != OrderStatus::completed) return;
    for (const auto& line : order.lines) {
        if (line.waiting.positive()) order.status = OrderStatus::open;
    }
}

Quantity quantity_of(const SalesOrder& order) {
    Quantity sum(0);
    for (const auto& line : order.lines) sum += line.quantity;
    return sum;
}

void record_end(Transaction& transaction, const SalesOrder& order, bool ended) {
    if (!ended) return;
    if (order.status == OrderStatus::completed) {
        transaction.record<event::OrderCompleted>(order.number, order);
    } else {
        transaction.record<event::OrderCancelled>(order.number, order);
    }
}

}  // namespace

SalesOrder amended(Transaction& transaction, OrderChange& change,
                   const sales::AmendOrder& request) {
    const auto quantity_before = quantity_of(change.order());
    const bool header_changed = amend_header(change, request);
    const bool lines_changed = amend_lines(transaction, change, *request.lines);
    if (!header_changed && !lines_changed) return change.order();
    reopen_if_grown(change.header());
    const bool grows = quantity_of(change.order()) > quantity_before;
    const bool ended = settle_status(change.header());
    change.save();
    auto order = allocated(transaction, change);
    if (grows) refuse_if_short(transaction, order);
    transaction.record<event::OrderAmended>(order.number, order);
    record_end(transaction, order, ended);
    return order;
}

SalesOrder amend_order(Transaction& transaction, const sales::AmendOrder& request) {
    OrderChange change(transaction, request.number);
    if (change.order().status == OrderStatus::completed) {
        refuse_transfer(change.order(), "amended after dispatch");
    }
    need_status(
        change.order(),
        {OrderStatus::unapproved, OrderStatus::open, OrderStatus::held, OrderStatus::completed},
        "amended");
    return amended(transaction, change, request);
}

SalesOrder approve_order(Transaction& transaction, const sales::ApproveOrder& request) {
    OrderChange change(transaction, request.number);
    change.need_all_lines();
    refuse_transfer(change.order(), "approved");
    need_status(change.order(), {OrderStatus::unapproved}, "approved");
    change.header().status = OrderStatus::open;
    free_waiting_lines(change);
    change.save();
    auto order = allocated(transaction, change);
    refuse_if_short(transaction, order);
    transaction.record<event::OrderApproved>(order.number, order);
    return order;
}

SalesOrder cancel_order(Transaction& transaction, const sales::CancelOrder& request) {
    OrderChange change(transaction, request.number);
    need_status(change.order(), {OrderStatus::unapproved, OrderStatus::open, OrderStatus::held},
                "cancelled");
    std::vector<std::int32_t> lines = *request.lines;
    if (lines.empty()) {
        change.need_all_lines();
        for (const auto& line : change.order().lines) lines.push_back(line.line);
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto& line = change.line(lines[i], "/lines/" + std::to_string(i));
        if (line.waiting.positive() || line.reserved.positive()) {
            cancel_line(change, change.change(lines[i]));
        }
    }
    const bool ended = settle_status(change.header());
    change.save();
    auto order = allocated(transaction, change);
    transaction.record<event::OrderCancelled>(order.number, order);
    if (ended && order.status == OrderStatus::completed) {
        transaction.record<event::OrderCompleted>(order.number, order);
    }
    return order;
}

SalesOrder hold_order(Transaction& transaction, const sales::HoldOrder& request) {
    OrderChange change(transaction, request.number);
    change.need_all_lines();
    need_status(change.order(), {OrderStatus::open}, "held");
    change.header().status = OrderStatus::held;
    change.save();
    set_warnings(change.header());
    transaction.record<event::OrderHeld>(change.order().number, change.order());
    return change.order();
}

SalesOrder release_order(Transaction& transaction, const sales::ReleaseOrder& request) {
    OrderChange change(transaction, request.number);
    change.need_all_lines();
    need_status(change.order(), {OrderStatus::held}, "released");
    change.header().status = OrderStatus::open;
    free_waiting_lines(change);
    change.save();
    auto order = allocated(transaction, change);
    transaction.record<event::OrderReleased>(order.number, order);
    return order;
}

SalesOrder allocate_order(Transaction& transaction, const sales::AllocateOrder& request) {
    auto order = get_order(transaction, request.number);
    transaction.check_version(order.version);
    need_status(order, {OrderStatus::open}, "allocated");
    StockKeys keys;
    for (const auto& line : order.lines) {
        if (!transaction.actor().sees(line.location)) continue;
        keys.insert({line.location, line.sku});
    }
    for (const auto& [location, sku] : keys) allocate(transaction, sku, location);
    return get_order(transaction, request.number);
}

namespace {

void record_released(Transaction& transaction, const SalesOrder& order,
                     const sales::ReleaseReservation& request) {
    for (const auto& wanted : request.lines) {
        const auto& line = order.lines[static_cast<std::size_t>(wanted.line) - 1];
        event::ReleasedReservation released;
        released.order = order.number;
        released.line = line.line;
        released.sku = line.sku;
        released.location = line.location;
        released.quantity = wanted.quantity;
        released.reason = "released by request";
        transaction.record<event::ReservationReleased>(order.number, released);
    }
}

}  // namespace

namespace {

// What is reserved is a quantity: which serials it will be is said when they are shipped.
void refuse_serials(Transaction& transaction, const Sku& sku, const std::vector<Serial>& serials,
                    const std::string& pointer) {
    if (serials.empty()) return;
    if (get_product(transaction, sku).tracking == Tracking::serial) {
        throw Refusal::invalid(pointer + "/serials", "serials_not_taken",
                               "a quantity is given back; serials are named when they are shipped");
    }
    throw Refusal::invalid(pointer + "/serials", "serials_not_tracked",
                           "\"" + sku.text() + "\" is not tracked by serial");
}

}  // namespace

SalesOrder release_reservation(Transaction& transaction, const sales::ReleaseReservation& request) {
    OrderChange change(transaction, request.number);
    need_status(change.order(), {OrderStatus::open, OrderStatus::held}, "released");
    if (request.lines.empty()) throw Refusal::invalid("/lines", "empty", "name the lines");
    Faults faults;
    for (std::size_t i = 0; i < request.lines.size(); ++i) {
        const auto& wanted = request.lines[i];
        const auto pointer = "/lines/" + std::to_string(i);
        collect(faults, [&] {
            const auto& line = change.line(wanted.line, pointer + "/line");
            refuse_serials(transaction, line.sku, wanted.serials, pointer);
            if (wanted.quantity <= Quantity(line.reserved)) {
                change.give_back(change.change(wanted.line), wanted.quantity);
                return;
            }
            faults.conflict_if(true, pointer + "/quantity", "exceeds_reserved",
                               "the line holds " + std::to_string(line.reserved.raw()));
        });
    }
    faults.refuse_if_any();
    change.save();
    set_warnings(change.header());
    record_released(transaction, change.order(), request);
    return change.order();
}

}  // namespace wharf::domain
