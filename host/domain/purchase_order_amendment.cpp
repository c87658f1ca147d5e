#include "host/domain/purchase_order_amendment.hpp"

#include <set>

#include "host/domain/catalog.hpp"
#include "host/domain/gst/tax_operations.hpp"
#include "host/domain/pointers.hpp"
#include "host/domain/purchase_order_balance.hpp"
#include "host/domain/purchase_order_parts.hpp"
#include "host/domain/purchase_order_serials.hpp"
#include "host/domain/purchase_price.hpp"

namespace wharf::domain {
namespace {

// One amendment under way: what several of its steps need to know.
struct Amending {
    Transaction& transaction;
    StoredPurchaseOrder& stored;
    SetBy author;
    Faults faults;
    std::set<std::size_t> named;     // indexes of lines that the request named
    std::set<std::size_t> repriced;  // of these, with a price of their own
    int digits = 2;

    [[nodiscard]] bool unsent() const {
        return stored.order.status == PurchaseOrderStatus::draft ||
               stored.order.status == PurchaseOrderStatus::waiting_for_approval;
    }
};

void change_vendor(Amending& amending, const VendorCode& code) {
    auto& order = amending.stored.order;
    if (code == order.vendor) return;
    if (something_received(order) || something_dispatched(order)) {
        throw Refusal::conflict(
            "already_received",
            "goods of " + order.number.text() + " came from its vendor; it cannot go to another",
            "close it and order the rest from the other vendor");
    }
    collect(amending.faults, [&] {
        const auto vendor = orderable_vendor(amending.transaction, code, "/vendor");
        order.vendor = vendor.code;
        order.currency = vendor.currency;
        amending.stored.header_changed = true;
    });
}

void change_header(Amending& amending, const purchasing::AmendOrder& request) {
    auto& order = amending.stored.order;
    if (request.vendor) change_vendor(amending, *request.vendor);
    if (request.expected_on && request.expected_on != order.expected_on) {
        collect(amending.faults,
                [&] { check_expected_on(amending.transaction, request.expected_on); });
        order.expected_on = request.expected_on;
        amending.stored.header_changed = true;
    }
    if (request.charges && to_json(*request.charges) != to_json(order.charges)) {
        check_charges(*request.charges, minor_digits(order.currency.view()), amending.faults);
        order.charges = *request.charges;
        amending.stored.header_changed = true;
    }
    if (request.note && request.note != order.note) {
        order.note = request.note;
        amending.stored.header_changed = true;
    }
}

[[noreturn]] void refuse_below_received(const PurchaseOrder& order, const PurchaseOrderLine& line) {
    throw Refusal::conflict("below_received",
                            "line " + std::to_string(line.line) + " of " + order.number.text() +
                                " has " + std::to_string(line.received.raw()) + " received, " +
                                std::to_string(line.dispatched.raw()) + " dispatched and " +
                                std::to_string(line.cancelled.raw()) + " cancelled",
                            "name at least that many, or close the order");
}

// Quantity 0 calls the line off. On an order that was not sent yet a line that was called off may
// be taken up again with a new quantity, as if it were new.
void change_quantity(Amending& amending, PurchaseOrderLine& line, Count quantity) {
    line.quantity_set_by = amending.author;
    line.unit.reset();
    line.unit_quantity.reset();
    if (quantity.zero()) {
        if (line.received.positive() || line.dispatched.positive()) {
            refuse_below_received(amending.stored.order, line);
        }
        cancel_outstanding(line, amending.digits);
        return;
    }
    if (amending.unsent() && line.cancelled == line.quantity) line.cancelled = Count(0);
    if (owed_with(line, quantity) < line.dispatched) {
        refuse_below_received(amending.stored.order, line);
    }
    line.quantity = quantity;
}

bool same_quantity(const PurchaseOrderLine& line, Count quantity) {
    const bool called_off = line.cancelled == line.quantity;
    return called_off ? quantity.zero() : quantity == line.quantity;
}

void change_serials(Amending& amending, PurchaseOrderLine& line, std::size_t index,
                    const purchasing::AmendLine& request, const std::string& pointer) {
    const auto product = find_product(amending.transaction, line.sku);
    const bool announces = product && serial_mode_for(amending.transaction, *product) == 1;
    if (!request.serials && (!announces || still_ordered(line).zero())) return;
    const auto& serials = request.serials ? *request.serials : line.serials;
    if (product) {
        check_announced(amending.transaction, *product, still_ordered(line), serials,
                        {amending.stored.order.number, line.serials}, pointer + "/serials",
                        amending.faults);
    }
    if (!request.serials) return;
    line.serials = serials;
    amending.stored.serials_changed.insert(index);
}

// A person who names a quantity makes it the person's, even when it stays the same; a plugin that
// names what is there changes nothing.
void change_line(Amending& amending, std::size_t index, const purchasing::AmendLine& request,
                 const std::string& pointer) {
    auto& line = amending.stored.order.lines[index];
    if (request.quantity && !same_quantity(line, *request.quantity)) {
        change_quantity(amending, amending.stored.edit(index), *request.quantity);
    } else if (request.quantity && line.quantity_set_by != SetBy::person &&
               amending.author == SetBy::person) {
        amending.stored.edit(index).quantity_set_by = SetBy::person;
    }
    if (request.unit_price) {
        check_price(request.unit_price, pointer + "/unit_price", amending.faults);
        amending.repriced.insert(index);
        amending.stored.priced_by_rule[index] = false;
        if (line.unit_price != *request.unit_price) {
            amending.stored.edit(index).unit_price = *request.unit_price;
        }
    }
    if (request.explanation) {
        check_explanation(amending.author, request.explanation, pointer + "/explanation",
                          amending.faults);
        amending.stored.edit(index).explanation = request.explanation;
    }
    if (request.quantity || request.serials) {
        change_serials(amending, line, index, request, pointer);
        if (request.serials) amending.stored.edit(index);
    }
}

void add_line(Amending& amending, const purchasing::AmendLine& request,
              const std::string& pointer) {
    if (!request.quantity || request.quantity->zero()) {
        amending.faults.add(pointer + "/quantity", "out_of_range",
                            "a new line has a quantity of at least 1");
        return;
    }
    const auto product = orderable_product(amending.transaction, *request.sku, pointer + "/sku");
    PurchaseOrderLine line;
    line.sku = *request.sku;
    line.quantity = *request.quantity;
    line.tax_rate = product.tax_rate;
    line.quantity_set_by = amending.author;
    line.explanation = request.explanation;
    if (request.serials) line.serials = *request.serials;
    check_explanation(amending.author, request.explanation, pointer + "/explanation",
                      amending.faults);
    check_price(request.unit_price, pointer + "/unit_price", amending.faults);
    const auto price = request.unit_price
                           ? request.unit_price
                           : vendor_price(amending.transaction, amending.stored.order.vendor,
                                          line.sku, line.quantity);
    if (price) {
        line.unit_price = *price;
    } else {
        amending.faults.add(pointer + "/unit_price", "unit_price_missing",
                            "the vendor has no price for \"" + line.sku.text() +
                                "\" that is valid today, and none is given");
    }
    check_announced(amending.transaction, product, line.quantity, line.serials,
                    {amending.stored.order.number, {}}, pointer + "/serials", amending.faults);
    amending.stored.add_line(std::move(line), !request.unit_price);
}

void apply_line(Amending& amending, const purchasing::AmendLine& request,
                const std::string& pointer) {
    if (!request.line && !request.sku) {
        amending.faults.add(pointer, "line_or_sku_missing",
                            "name the `line` to change, or the `sku` to add");
        return;
    }
    if (!request.line) return add_line(amending, request, pointer);
    const auto index = amending.stored.index_of(*request.line);
    if (!index) {
        amending.faults.add(pointer + "/line", "unknown_line",
                            "the order has no line " + std::to_string(*request.line));
    } else if (request.sku && *request.sku != amending.stored.order.lines[*index].sku) {
        amending.faults.add(pointer + "/sku", "sku_differs", "a line keeps its product");
    } else if (!amending.named.insert(*index).second) {
        amending.faults.add(pointer + "/line", "line_twice", "the line is named twice");
    } else {
        change_line(amending, *index, request, pointer);
    }
}

// Prices that follow from the vendor item are read again, for the whole line, while the order is
// not sent yet; with another vendor every price is, unless it was named in this amendment.
void read_prices_again(Amending& amending, const VendorCode& vendor_before) {
    auto& stored = amending.stored;
    const bool other_vendor = stored.order.vendor != vendor_before;
    for (std::size_t i = 0; i < stored.order.lines.size(); ++i) {
        const bool follows =
            stored.priced_by_rule[i] && amending.unsent() && stored.changed.contains(i);
        if (amending.repriced.contains(i) || (!other_vendor && !follows)) continue;
        const auto& line = stored.order.lines[i];
        if (still_ordered(line).zero()) continue;
        const auto price =
            vendor_price(amending.transaction, stored.order.vendor, line.sku, still_ordered(line));
        if (!price || *price == line.unit_price) continue;
        stored.edit(i).unit_price = *price;
        stored.priced_by_rule[i] = true;
    }
}

}  // namespace

void apply_amendment(Transaction& transaction, StoredPurchaseOrder& stored,
                     const purchasing::AmendOrder& request, SetBy author) {
    const auto vendor_before = stored.order.vendor;
    Amending amending{transaction, stored, author, {}, {}, {}, 2};
    change_header(amending, request);
    amending.digits = minor_digits(stored.order.currency.view());
    for (std::size_t i = 0; i < request.lines->size(); ++i) {
        const auto pointer = pointer_at("/lines", i);
        collect(amending.faults, [&] { apply_line(amending, (*request.lines)[i], pointer); });
    }
    check_line_count(stored.order.lines.size(), amending.faults);
    check_serials_once(stored.order, amending.faults);
    amending.faults.refuse_if_any();
    read_prices_again(amending, vendor_before);
    for (const auto index : stored.changed) rebalance(stored.order.lines[index], amending.digits);
}

}  // namespace wharf::domain
