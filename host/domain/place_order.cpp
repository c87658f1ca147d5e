// Taking a sales order: its content is checked whole, what is there becomes reserved at once, the
// rest waits. This is the busiest path of an account: every line costs one lookup of its product,
// one of its free stock, and the rows it writes.
#include <algorithm>
#include <unordered_map>

#include "host/domain/catalog.hpp"
#include "host/domain/faults.hpp"
#include "host/domain/money_rules.hpp"
#include "host/domain/order_store.hpp"
#include "host/domain/purchase_order_parts.hpp"
#include "host/domain/references.hpp"
#include "host/domain/reservations.hpp"
#include "host/domain/retail_price.hpp"
#include "host/domain/sales_operations.hpp"
#include "host/domain/transfer_store.hpp"
#include "host/limits.hpp"
#include "wharf/transfer_events.hpp"

namespace wharf::domain {
namespace {

std::string scope_of(const sales::PlaceOrder& request) {
    std::string scope = "order/";
    scope += boost::describe::enum_to_string(*request.kind, "unknown");
    scope += '/';
    if (request.channel) scope += request.channel->view();
    return scope;
}

// An order on its way in. Products and locations are read once, however many lines name them.
class Placing {
public:
    Placing(Transaction& transaction, const sales::PlaceOrder& request)
        : transaction_(transaction),
          request_(request),
          minor_digits_(minor_digits(transaction.account().currency.view())) {}

    SalesOrder place() {
        check_header();
        fill_header();
        for (std::size_t i = 0; i < request_.lines.size(); ++i) take_line(i);
        faults_.refuse_if_any();
        order_.number = transaction_.next_number(order_.kind == OrderKind::transfer ? "STN" : "SO");
        if (order_.status == OrderStatus::open) reserve_lines();
        store();
        return std::move(order_);
    }

private:
    void check_header() {
        collect(faults_, [&] { location_of(request_.location, "/location"); });
        if (request_.customer) {
            collect(faults_,
                    [&] { usable_customer(transaction_, *request_.customer, "/customer"); });
        }
        check_destination();
        faults_.add_if(request_.lines.empty(), "/lines", "empty", "an order has lines");
        faults_.add_if(
            request_.lines.size() > limits::kDocumentLinesMax, "/lines", "too_many",
            "an order has at most " + std::to_string(limits::kDocumentLinesMax) + " lines");
        if (request_.lines.size() > limits::kDocumentLinesMax) faults_.refuse_if_any();
    }

    void check_destination() {
        const bool transfer = *request_.kind == OrderKind::transfer;
        if (!transfer) {
            faults_.add_if(request_.destination.has_value(), "/destination", "not_a_transfer",
                           "only a transfer has a destination");
            return;
        }
        if (!request_.destination) {
            faults_.add("/destination", "required", "a transfer has a destination");
            return;
        }
        faults_.add_if(*request_.destination == request_.location, "/destination", "same_location",
                       "a transfer goes to another location");
        collect(faults_,
                [&] { stocking_location(transaction_, *request_.destination, "/destination"); });
    }

    void location_of(const LocationCode& code, const std::string& pointer) {
        if (std::find(locations_.begin(), locations_.end(), code) != locations_.end()) return;
        stocking_location(transaction_, code, pointer);
        locations_.push_back(code);
    }

    const Product& product_of(const Sku& sku, const std::string& pointer) {
        const auto known = products_.find(sku);
        if (known != products_.end()) return known->second;
        return products_.emplace(sku, usable_product(transaction_, sku, pointer)).first->second;
    }

    void fill_header() {
        order_.reference = request_.reference;
        order_.kind = request_.kind;
        order_.channel = request_.channel;
        order_.customer = request_.customer;
        order_.location = request_.location;
        order_.destination = request_.destination;
        order_.priority = request_.priority;
        order_.ordered_at = request_.ordered_at.value_or(transaction_.now());
        order_.promised_for = request_.promised_for;
        const bool approved = *request_.approved && !transaction_.policies().orders_need_approval;
        order_.status = approved ? OrderStatus::open : OrderStatus::unapproved;
        order_.prices_include_tax =
            request_.prices_include_tax.value_or(*request_.kind == OrderKind::consumer);
        order_.created_at = transaction_.now();
        order_.lines.reserve(request_.lines.size());
    }

    void take_line(std::size_t index) {
        const auto& wanted = request_.lines[index];
        const auto pointer = "/lines/" + std::to_string(index);
        try {
            if (wanted.location) location_of(*wanted.location, pointer + "/location");
            faults_.add_if(*request_.kind == OrderKind::transfer && wanted.location &&
                               *wanted.location != request_.location,
                           pointer + "/location", "other_source",
                           "a transfer leaves from one location");
            add_line(wanted, product_of(wanted.sku, pointer + "/sku"), pointer);
        } catch (const Refusal& refusal) {
            faults_.add(refusal);
        }
    }

    void add_line(const sales::PlaceOrderLine& wanted, const Product& product,
                  const std::string& pointer) {
        auto& line = order_.lines.emplace_back();
        line.line = static_cast<std::int32_t>(order_.lines.size());
        line.sku = wanted.sku;
        line.location = wanted.location.value_or(request_.location);
        line.quantity = in_base_units(product, wanted.quantity, wanted.unit, pointer + "/unit");
        if (wanted.unit) {
            line.unit = wanted.unit;
            line.unit_quantity = wanted.quantity;
        }
        line.unit_price = wanted.unit_price;
        line.discount = wanted.discount;
        line.tax_rate = wanted.tax_rate.value_or(product.tax_rate);
        faults_.add_if(line.unit_price < Money(), pointer + "/unit_price", "negative",
                       "a price is not negative");
        faults_.add_if(line.discount < Money(), pointer + "/discount", "negative",
                       "a discount is not negative");
        if (*request_.kind == OrderKind::consumer) {
            check_retail_price(
                {line.unit_price, order_.prices_include_tax, line.tax_rate, product.cess}, product,
                pointer + "/unit_price", faults_);
        }
        line.amount = line_amount(line.quantity, line.unit_price, line.discount, minor_digits_);
        faults_.add_if(line.amount < Money(), pointer + "/discount", "exceeds_amount",
                       "a discount is not more than the line is worth");
        line.waiting = line.quantity;
        order_.amount += line.amount;
    }

    void reserve_lines() {
        Faults shorts;
        for (auto& line : order_.lines) {
            const auto& product = products_.at(line.sku);
            if (product.tracking == Tracking::none && reserve_whole_line(line)) continue;
            auto free = free_lots(transaction_, line.sku, line.location, product.tracking);
            const auto parts = take_parts(free, line.quantity);
            for (const auto& part : parts) {
                reserve(transaction_, {line.location, line.sku, part.lot},
                        {order_.number, line.line}, part.quantity, Holding::fresh);
                line.reserved = Quantity(line.reserved) + part.quantity;
            }
            line.waiting = line.quantity - line.reserved;
            if (product.tracking != Tracking::none) explain(line, parts);
            if (!line.waiting.positive()) continue;
            shorts.add("/lines/" + std::to_string(line.line - 1) + "/quantity", "short",
                       "of \"" + line.sku.text() + "\" at \"" + line.location.text() + "\" only " +
                           std::to_string(line.reserved.raw()) + " are free");
        }
        const bool transfer = order_.kind == OrderKind::transfer;
        if (!transfer && transaction_.policies().orders_beyond_stock_allowed) return;
        refuse_short(shorts, transfer);
    }

    // Most lines find all that they want.
    bool reserve_whole_line(SalesOrderLine& line) {
        if (!reserve_whole(transaction_, line.sku, line.location, {order_.number, line.line},
                           line.quantity)) {
            return false;
        }
        line.reserved = line.quantity;
        line.waiting = Count(0);
        return true;
    }

    static void refuse_short(Faults& shorts, bool transfer) {
        if (shorts.empty()) return;
        throw Refusal::conflict("insufficient_stock",
                                transfer ? "a transfer takes no more than its source has free"
                                         : "the account takes no orders beyond stock, and there "
                                           "is not enough")
            .with_faults(shorts.take());
    }

    void explain(const SalesOrderLine& line, const std::vector<LotPart>& parts) {
        explained_ += explained_.empty() ? "" : ",";
        explained_ += "{\"line\":" + std::to_string(line.line) + ",\"lots\":[";
        for (const auto& part : parts) {
            if (&part != &parts.front()) explained_ += ',';
            explained_ += "{\"lot\":";
            append_json(explained_, part.lot.empty() ? std::nullopt : std::optional(part.lot));
            explained_ += ",\"quantity\":" + std::to_string(part.quantity.raw()) + "}";
        }
        explained_ += "]}";
    }

    void store() {
        if (!explained_.empty()) {
            std::string json = "{\"placing\":{\"lot_order\":";
            append_json(json, *transaction_.policies().lot_order);
            order_.explanation = RawJson{json + ",\"lines\":[" + explained_ + "]}}"};
        }
        auto& session = transaction_.session();
        insert_row(session, order_);
        const auto terms = demand_terms(order_);
        for (const auto& line : order_.lines) {
            insert_row(session, line, {{"order_number", order_.number}});
            if (order_.status == OrderStatus::open && line.waiting.positive()) {
                add_demand(transaction_, order_.number, line, terms);
            }
        }
        set_warnings(order_);
        if (order_.kind == OrderKind::transfer) keep_transfer();
    }

    void keep_transfer() {
        Transfer asked;
        asked.reference = order_.reference;
        asked.made_by = source_of(transaction_);
        const auto transfer = insert_transfer(transaction_, order_, std::move(asked));
        transaction_.record<event::TransferCreated>(transfer.number, transfer);
    }

    Transaction& transaction_;
    const sales::PlaceOrder& request_;
    int minor_digits_;
    SalesOrder order_;
    Faults faults_;
    std::vector<LocationCode> locations_;
    std::unordered_map<Sku, Product> products_;
    std::string explained_;
};

}  // namespace

SalesOrder place_order(Transaction& transaction, const sales::PlaceOrder& request) {
    if (!request.reference) {
        auto order = Placing(transaction, request).place();
        transaction.record<event::OrderPlaced>(order.number, order);
        return order;
    }
    const auto scope = scope_of(request);
    const auto hash = content_hash(request);
    if (auto number = find_by_reference(transaction, scope, *request.reference, hash)) {
        transaction.note_existing();
        return get_order(transaction, *number);
    }
    auto order = Placing(transaction, request).place();
    keep_reference(transaction, scope, *request.reference, order.number, hash);
    transaction.record<event::OrderPlaced>(order.number, order);
    return order;
}

}  // namespace wharf::domain
