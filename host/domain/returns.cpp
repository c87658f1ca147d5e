// Goods that come back from customers: announced first, then taken in at the cost they left with.
#include <algorithm>
#include <map>

#include "host/domain/allocation.hpp"
#include "host/domain/catalog.hpp"
#include "host/domain/faults.hpp"
#include "host/domain/ledger.hpp"
#include "host/domain/order_steps.hpp"
#include "host/domain/order_store.hpp"
#include "host/domain/references.hpp"
#include "host/domain/return_store.hpp"
#include "host/domain/sales_operations.hpp"
#include "host/domain/serials.hpp"
#include "host/domain/shipped_parts.hpp"
#include "wharf/events.hpp"

namespace wharf::domain {
namespace {

constexpr std::string_view kScope = "return";

// What is announced for each line of the order and has not come yet.
std::map<std::int32_t, Quantity> announced(Transaction& transaction, const DocumentNumber& order) {
    auto rows = transaction.session().select(
        "SELECT l.order_line, CAST(SUM(l.quantity - l.received) AS BIGINT) "
        "FROM customer_return r JOIN customer_return_line l ON l.return_number = r.number "
        "WHERE r.order_number = :order_number AND r.status <> 'cancelled' GROUP BY l.order_line",
        {{"order_number", order}});
    std::map<std::int32_t, Quantity> lines;
    while (rows.next()) lines[rows.get<std::int32_t>(0)] = rows.get<Quantity>(1);
    return lines;
}

ReturnLine announce_line(const SalesOrder& order, const sales::ExpectReturnLine& wanted,
                         std::map<std::int32_t, Quantity>& taken, Faults& faults,
                         const std::string& pointer) {
    const auto index = static_cast<std::size_t>(wanted.line) - 1;
    if (wanted.line < 1 || index >= order.lines.size()) {
        throw Refusal::invalid(pointer + "/line", "unknown_line",
                               order.number.text() + " has no line " + std::to_string(wanted.line));
    }
    const auto& line = order.lines[index];
    auto& already = taken.try_emplace(wanted.line, Quantity(0)).first->second;
    const auto left = Quantity(line.shipped) - line.returned - already;
    faults.conflict_if(wanted.quantity > left, pointer + "/quantity", "exceeds_shipped",
                       "of line " + std::to_string(wanted.line) + " at most " +
                           std::to_string(left.raw()) + " can still come back");
    already += wanted.quantity;
    ReturnLine result;
    result.order_line = wanted.line;
    result.sku = line.sku;
    result.quantity = wanted.quantity;
    return result;
}

CustomerReturn announce(Transaction& transaction, const sales::ExpectReturn& request) {
    const auto order = find_order(transaction, request.order);
    if (!order || !sees_order(transaction, *order)) {
        throw Refusal::invalid("/order", "unknown_order",
                               "there is no sales order \"" + request.order.text() + "\"");
    }
    refuse_transfer(*order, "returned");
    CustomerReturn announced_return;
    announced_return.reference = request.reference;
    announced_return.order = request.order;
    announced_return.location = request.location.value_or(order->location);
    announced_return.expected_on = request.expected_on;
    announced_return.created_at = transaction.now();
    Faults faults;
    collect(faults,
            [&] { stocking_location(transaction, announced_return.location, "/location"); });
    faults.add_if(request.lines.empty(), "/lines", "empty", "a return has lines");
    auto taken = announced(transaction, request.order);
    for (std::size_t i = 0; i < request.lines.size(); ++i) {
        collect(faults, [&] {
            auto line = announce_line(*order, request.lines[i], taken, faults,
                                      "/lines/" + std::to_string(i));
            line.line = static_cast<std::int32_t>(announced_return.lines.size()) + 1;
            announced_return.lines.push_back(std::move(line));
        });
    }
    faults.refuse_if_any();
    announced_return.number = transaction.next_number("RET");
    insert_return(transaction, announced_return);
    return announced_return;
}

// Takes the units of one line in, part by part as they left.
class Receiving {
public:
    Receiving(Transaction& transaction, const CustomerReturn& goods, const ReturnLine& line,
              const sales::ReceiveReturnLine& wanted, std::string pointer)
        : transaction_(transaction),
          goods_(goods),
          line_(line),
          wanted_(wanted),
          pointer_(std::move(pointer)),
          key_{goods.order, line.order_line} {}

    void receive(const BinCode& bin) {
        const auto product = get_product(transaction_, line_.sku);
        if (product.tracking == Tracking::serial) {
            check_serials();
        } else if (!wanted_.serials->empty()) {
            throw Refusal::invalid(pointer_ + "/serials", "serials_not_tracked",
                                   "\"" + line_.sku.text() + "\" is not tracked by serial");
        }
        Quantity left = wanted_.quantity;
        for (const auto& part : shipped_parts(transaction_, key_)) {
            if (!left.positive()) break;
            const auto some = std::min(left, part.out());
            if (!some.positive() || !meant(part)) continue;
            take_in(part, some, bin, product.tracking);
            left -= some;
        }
        if (left.positive()) refuse_not_shipped();
    }

private:
    void check_serials() const {
        try {
            check_serial_list(*wanted_.serials, wanted_.quantity);
        } catch (const Refusal& refusal) {
            throw Refusal::invalid(pointer_ + "/serials", refusal.code(), refusal.detail());
        }
    }

    bool meant(const ShippedPart& part) const {
        if (wanted_.lot && wanted_.lot->view() != part.lot) return false;
        if (part.serial.empty()) return true;
        return std::any_of(wanted_.serials->begin(), wanted_.serials->end(),
                           [&](const Serial& serial) { return serial.view() == part.serial; });
    }

    [[noreturn]] void refuse_not_shipped() const {
        const bool serials = !wanted_.serials->empty();
        const auto field = serials ? "/serials" : wanted_.lot ? "/lot" : "/quantity";
        const std::string detail = "not all of this left for the order's line";
        throw Refusal::conflict("not_shipped", detail)
            .with_faults({{pointer_ + field, "not_shipped", detail}});
    }

    void take_in(const ShippedPart& part, Quantity quantity, const BinCode& bin,
                 Tracking tracking) {
        const auto value = part.cost_of(quantity);
        MoveRequest request{line_.sku,
                            part.lot.empty() ? std::nullopt : std::optional(LotCode(part.lot)),
                            quantity,
                            {},
                            Outside::customer,
                            Position{goods_.location, bin, wanted_.condition},
                            value,
                            "returned",
                            goods_.number};
        if (!part.serial.empty()) request.serials.emplace_back(part.serial);
        move(transaction_, request, tracking);
        note_returned(transaction_, key_, part, quantity, value);
    }

    Transaction& transaction_;
    const CustomerReturn& goods_;
    const ReturnLine& line_;
    const sales::ReceiveReturnLine& wanted_;
    std::string pointer_;
    OrderLineKey key_;
};

void check_wanted(Faults& faults, const CustomerReturn& goods,
                  const sales::ReceiveReturnLine& wanted, Quantity already,
                  const std::string& pointer) {
    if (wanted.line < 1 || static_cast<std::size_t>(wanted.line) > goods.lines.size()) {
        faults.add(pointer + "/line", "unknown_line",
                   goods.number.text() + " has no line " + std::to_string(wanted.line));
        return;
    }
    const auto& line = goods.lines[static_cast<std::size_t>(wanted.line) - 1];
    const auto left = line.quantity - line.received - already;
    faults.conflict_if(wanted.quantity > left, pointer + "/quantity", "exceeds_announced",
                       std::to_string(left.raw()) + " are still announced");
    faults.add_if(*wanted.condition == Condition::blocked, pointer + "/condition",
                  "wrong_condition", "returned goods become sellable, quality_check or damaged");
}

void check_all_wanted(const CustomerReturn& goods, const sales::ReceiveReturn& request) {
    Faults faults;
    faults.add_if(request.lines.empty(), "/lines", "empty", "name what came back");
    std::map<std::int32_t, Quantity> taken;
    for (std::size_t i = 0; i < request.lines.size(); ++i) {
        const auto& wanted = request.lines[i];
        auto& already = taken.try_emplace(wanted.line, Quantity(0)).first->second;
        check_wanted(faults, goods, wanted, already, "/lines/" + std::to_string(i));
        already += wanted.quantity;
    }
    faults.refuse_if_any();
}

void settle(CustomerReturn& goods) {
    const bool all = std::all_of(goods.lines.begin(), goods.lines.end(), [](const auto& line) {
        return Quantity(line.received) == line.quantity;
    });
    goods.status = all ? ReturnStatus::received : ReturnStatus::partly_received;
    ++goods.version;
}

void count_on_order(Transaction& transaction, const CustomerReturn& goods,
                    const sales::ReceiveReturn& request) {
    OrderChange change(transaction, *find_order(transaction, goods.order));
    for (const auto& wanted : request.lines) {
        const auto& line = goods.lines[static_cast<std::size_t>(wanted.line) - 1];
        auto& counted = change.change(line.order_line);
        counted.returned = Quantity(counted.returned) + wanted.quantity;
    }
    change.save();
}

}  // namespace

CustomerReturn expect_return(Transaction& transaction, const sales::ExpectReturn& request) {
    const auto hash = request.reference ? content_hash(request) : ContentHash();
    if (request.reference) {
        if (auto number = find_by_reference(transaction, kScope, *request.reference, hash)) {
            transaction.note_existing();
            return get_return(transaction, *number);
        }
    }
    auto goods = announce(transaction, request);
    if (request.reference) {
        keep_reference(transaction, kScope, *request.reference, goods.number, hash);
    }
    transaction.record<event::ReturnExpected>(goods.number, goods);
    return goods;
}

CustomerReturn receive_return(Transaction& transaction, const sales::ReceiveReturn& request) {
    auto goods = get_return(transaction, request.number);
    transaction.check_version(goods.version);
    check_all_wanted(goods, request);
    const auto location = get_location(transaction, goods.location);
    StockKeys arrived;
    for (std::size_t i = 0; i < request.lines.size(); ++i) {
        const auto& wanted = request.lines[i];
        auto& line = goods.lines[static_cast<std::size_t>(wanted.line) - 1];
        Receiving(transaction, goods, line, wanted, "/lines/" + std::to_string(i))
            .receive(location.default_bin);
        line.received = Quantity(line.received) + wanted.quantity;
        if (*wanted.condition == Condition::sellable) arrived.insert({goods.location, line.sku});
    }
    settle(goods);
    update_return(transaction, goods);
    count_on_order(transaction, goods, request);
    for (const auto& [place, sku] : arrived) allocate(transaction, sku, place);
    transaction.record<event::ReturnReceived>(goods.number, goods);
    return goods;
}

}  // namespace wharf::domain
