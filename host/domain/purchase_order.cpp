// Making, reading and listing purchase orders.
#include "host/domain/purchase_order.hpp"

#include "host/domain/catalog.hpp"
#include "host/domain/faults.hpp"
#include "host/domain/gst/tax_operations.hpp"
#include "host/domain/list_query.hpp"
#include "host/domain/pages.hpp"
#include "host/domain/pointers.hpp"
#include "host/domain/purchase_order_balance.hpp"
#include "host/domain/purchase_order_parts.hpp"
#include "host/domain/purchase_order_serials.hpp"
#include "host/domain/purchase_order_store.hpp"
#include "host/domain/purchase_price.hpp"
#include "host/domain/references.hpp"
#include "wharf/events.hpp"

namespace wharf::domain {
namespace {

constexpr std::string_view kReferenceScope = "purchase_order";

// A plugin may explain the same order in other words: explanations are no content.
ContentHash content_of(purchasing::CreateOrder request) {
    request.explanation.reset();
    for (auto& line : request.lines) line.explanation.reset();
    return content_hash(request);
}

std::optional<PurchaseOrder> made_before(Transaction& transaction,
                                         const purchasing::CreateOrder& request,
                                         const ContentHash& hash) {
    if (!request.reference) return std::nullopt;
    const auto number = find_by_reference(transaction, kReferenceScope, *request.reference, hash);
    if (!number) return std::nullopt;
    transaction.note_existing();
    auto stored = load_purchase_order(transaction, *number);
    return shown(transaction, document_of(transaction, std::move(stored.order)));
}

// The legs of an order total what it orders: they are made by distributing it.
void check_parent(const std::optional<DocumentNumber>& parent, Faults& faults) {
    faults.add_if(parent.has_value(), "/parent", "made_by_distribution",
                  "an order becomes part of another by distributing that one");
}

StoredPurchaseOrder new_header(Transaction& transaction, const purchasing::CreateOrder& request,
                               Faults& faults) {
    StoredPurchaseOrder stored;
    auto& order = stored.order;
    order.reference = request.reference;
    order.vendor = request.vendor;
    collect(faults, [&] {
        order.currency = orderable_vendor(transaction, request.vendor, "/vendor").currency;
    });
    collect(faults, [&] {
        order.ship_to = stocking_location(transaction, request.ship_to, "/ship_to").code;
    });
    collect(faults, [&] { check_expected_on(transaction, request.expected_on); });
    check_parent(request.parent, faults);
    check_explanation(set_by(transaction), request.explanation, "/explanation", faults);
    check_charges(request.charges, minor_digits(order.currency.view()), faults);
    order.charges = *request.charges;
    order.tax.reverse_charge = request.reverse_charge;
    order.expected_on = request.expected_on;
    order.note = request.note;
    order.explanation = request.explanation;
    order.source = source_of(transaction);
    order.created_by = transaction.actor().name;
    order.created_at = transaction.now();
    stored.changed_by = order.created_by;
    return stored;
}

// The price that was typed, or the vendor item's for the whole line.
void set_price(Transaction& transaction, const VendorCode& vendor,
               const purchasing::NewLine& request, PurchaseOrderLine& line,
               const std::string& pointer, Faults& faults) {
    check_price(request.unit_price, pointer + "/unit_price", faults);
    const auto price = request.unit_price
                           ? request.unit_price
                           : vendor_price(transaction, vendor, line.sku, line.quantity);
    if (price) {
        line.unit_price = *price;
    } else {
        faults.add(pointer + "/unit_price", "unit_price_missing",
                   "\"" + vendor.text() + "\" has no price for \"" + line.sku.text() +
                       "\" that is valid today, and none is given");
    }
}

void add_new_line(Transaction& transaction, StoredPurchaseOrder& stored,
                  const purchasing::NewLine& request, const std::string& pointer, Faults& faults) {
    const auto product = orderable_product(transaction, request.sku, pointer + "/sku");
    PurchaseOrderLine line;
    line.sku = request.sku;
    line.quantity = in_base_units(product, request.quantity, request.unit, pointer + "/unit");
    line.unit = request.unit;
    if (request.unit) line.unit_quantity = request.quantity;
    line.tax_rate = request.tax_rate.value_or(product.tax_rate);
    line.serials = *request.serials;
    line.quantity_set_by = set_by(transaction);
    line.explanation = request.explanation;
    check_explanation(set_by(transaction), request.explanation, pointer + "/explanation", faults);
    set_price(transaction, stored.order.vendor, request, line, pointer, faults);
    check_announced(transaction, product, line.quantity, line.serials, {}, pointer + "/serials",
                    faults);
    rebalance(line, minor_digits(stored.order.currency.view()));
    stored.add_line(std::move(line), !request.unit_price);
}

}  // namespace

PurchaseOrder create_purchase_order(Transaction& transaction,
                                    const purchasing::CreateOrder& request) {
    const auto hash = request.reference ? content_of(request) : ContentHash();
    if (auto before = made_before(transaction, request, hash)) return std::move(*before);
    Faults faults;
    auto stored = new_header(transaction, request, faults);
    check_line_count(request.lines.size(), faults);
    for (std::size_t i = 0; i < request.lines.size(); ++i) {
        collect(faults, [&] {
            add_new_line(transaction, stored, request.lines[i], pointer_at("/lines", i), faults);
        });
    }
    check_serials_once(stored.order, faults);
    faults.refuse_if_any();
    insert_purchase_order(transaction, stored);
    if (request.reference) {
        keep_reference(transaction, kReferenceScope, *request.reference, stored.order.number, hash);
    }
    return recorded<event::PurchaseOrderCreated>(transaction, stored);
}

PurchaseOrder get_purchase_order(Transaction& transaction, const purchasing::GetOrder& request) {
    auto stored = load_purchase_order(transaction, request.number);
    return shown(transaction, document_of(transaction, std::move(stored.order)));
}

Page<PurchaseOrder> list_purchase_orders(Transaction& transaction,
                                         const purchasing::ListOrders& request) {
    const auto limit = page_limit(transaction, request.limit);
    const auto& actor = transaction.actor();
    ListQuery query("SELECT number, id FROM purchase_order");
    const auto after = decode_counter(request.after);
    query.where("id > :after", "after", after);
    query.where_equal("status", request.status);
    query.where_equal("vendor", request.vendor);
    query.where_equal("ship_to", request.ship_to);
    query.where_equal("source", request.source);
    query.where_equal("vendor", actor.vendor, "actor_vendor");
    query.where_among("ship_to", actor.locations);
    if (!actor.locations.empty()) {
        query.where(
            "NOT EXISTS (SELECT s.number FROM split_order s "
            "WHERE s.number = purchase_order.number)");
    }
    auto numbers = query.numbers_by_id(transaction.session(), limit);
    Page<PurchaseOrder> page;
    page.next = std::move(numbers.next);
    for (const auto& number : numbers.items) {
        page.items.push_back(get_purchase_order(transaction, {number}));
    }
    return page;
}

}  // namespace wharf::domain
