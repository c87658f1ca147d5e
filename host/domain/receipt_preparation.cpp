#include "host/domain/receipt_preparation.hpp"

#include <algorithm>
#include <map>

#include "host/domain/catalog.hpp"
#include "host/domain/faults.hpp"
#include "host/domain/pointers.hpp"
#include "host/domain/purchase_order_balance.hpp"
#include "host/domain/purchase_order_flow.hpp"
#include "host/domain/purchase_order_parts.hpp"
#include "host/domain/purchase_price.hpp"
#include "host/domain/receipt_serials.hpp"
#include "host/domain/tolerance.hpp"

namespace wharf::domain {
namespace {

class Preparation {
public:
    Preparation(Transaction& transaction, const receiving::PostReceipt& request)
        : transaction_(transaction), request_(request) {}

    PreparedReceipt run(Beyond beyond) {
        read_header();
        check_line_count(request_.lines.size(), faults_);
        for (std::size_t i = 0; i < request_.lines.size(); ++i) {
            collect(faults_, [&] { read_line(request_.lines[i], pointer_at("/lines", i)); });
        }
        faults_.refuse_if_any();
        if (beyond == Beyond::by_policy) apply_tolerances();
        return std::move(prepared_);
    }

private:
    Receipt& receipt() { return prepared_.stored.receipt; }

    void read_header() {
        auto& header = receipt();
        header.reference = request_.reference;
        header.location = request_.location;
        header.vendor = request_.vendor;
        header.vendor_invoice = request_.vendor_invoice;
        header.source = source_of(transaction_);
        header.created_by = transaction_.actor().name;
        header.created_at = transaction_.now();
        collect(faults_, [&] {
            location_ = stocking_location(transaction_, request_.location, "/location");
        });
        if (request_.purchase_order) {
            collect(faults_, [&] { read_order(*request_.purchase_order); });
        } else if (request_.vendor) {
            collect(faults_, [&] { usable_vendor(transaction_, *request_.vendor, "/vendor"); });
        }
    }

    void read_order(const DocumentNumber& number) {
        auto stored = find_purchase_order(transaction_, number);
        if (!stored) {
            throw Refusal::invalid("/purchase_order", "unknown_purchase_order",
                                   "there is no purchase order \"" + number.text() + "\"");
        }
        const auto& order = stored->order;
        if (stored->is_parent) refuse_parent(order);
        if (order.status != PurchaseOrderStatus::approved) {
            refuse_status(order, "received",
                          is_live(order.status) ? "have it approved first"
                                                : "amend it up, or receive without an order");
        }
        if (order.ship_to != request_.location) {
            faults_.add("/location", "not_ship_to",
                        number.text() + " goes to \"" + order.ship_to.text() + "\"");
        }
        if (request_.vendor && *request_.vendor != order.vendor) {
            faults_.add("/vendor", "not_the_orders_vendor",
                        number.text() + " is with \"" + order.vendor.text() + "\"");
        }
        receipt().purchase_order = number;
        receipt().vendor = order.vendor;
        receipt().destination = order.destination;
        taken_.resize(order.lines.size());
        prepared_.order = std::move(stored);
    }

    // Goods come for a leg; the one that is received here is named.
    [[noreturn]] void refuse_parent(const PurchaseOrder& order) const {
        std::string here;
        for (const auto& leg : order.legs) {
            if (leg.via.value_or(leg.location) != request_.location) continue;
            here += (here.empty() ? "" : ", ") + leg.number.text();
        }
        throw Refusal::conflict(
            "split_order", order.number.text() + " is received by its legs",
            here.empty() ? "none of them is received at this location" : "receive " + here);
    }

    // Lines of an order may be of products that are no longer bought; without an order not.
    Product product_of(const receiving::PostLine& line, const std::string& pointer) {
        if (prepared_.order) {
            if (auto product = find_product(transaction_, line.sku)) return std::move(*product);
        }
        return usable_product(transaction_, line.sku, pointer + "/sku");
    }

    void read_line(const receiving::PostLine& request, const std::string& pointer) {
        PreparedLine prepared{product_of(request, pointer), std::nullopt};
        ReceiptLine line;
        line.line = static_cast<std::int32_t>(receipt().lines.size()) + 1;
        line.sku = request.sku;
        line.quantity =
            in_base_units(prepared.product, request.quantity, request.unit, pointer + "/unit");
        line.unit = request.unit;
        if (line.unit) line.unit_quantity = request.quantity;
        line.rejected = *request.rejected;
        if (line.rejected > line.quantity) {
            faults_.add(pointer + "/rejected", "more_than_counted",
                        "more are rejected than were counted");
        }
        prepared.order_index = order_line_of(request, line, pointer);
        if (prepared.order_index) {
            line.purchase_order_line = prepared_.order->order.lines[*prepared.order_index].line;
        }
        read_lot(prepared.product, request, line, pointer);
        read_cost(request, prepared.order_index, line, pointer);
        line.bin = request.bin.value_or(location_.default_bin);
        read_serials(prepared, request, line, pointer);
        prepared_.stored.facts.push_back({*request.replace, Count(0), Count(0), {}});
        receipt().lines.push_back(std::move(line));
        prepared_.lines.push_back(std::move(prepared));
    }

    std::optional<std::size_t> order_line_of(const receiving::PostLine& request,
                                             const ReceiptLine& line, const std::string& pointer) {
        if (!prepared_.order) {
            if (request.purchase_order_line && !request_.purchase_order) {
                faults_.add(pointer + "/purchase_order_line", "no_purchase_order",
                            "the receipt names no purchase order");
            }
            return std::nullopt;
        }
        const auto found = request.purchase_order_line
                               ? prepared_.order->index_of(*request.purchase_order_line)
                               : order_line_for(line.sku, *request.serials);
        const auto& lines = prepared_.order->order.lines;
        if (!found || lines[*found].sku != line.sku) {
            faults_.add(pointer + (request.purchase_order_line ? "/purchase_order_line" : "/sku"),
                        "not_on_the_order",
                        "the order has no such line of \"" + line.sku.text() + "\"");
            return std::nullopt;
        }
        taken_[*found] += line.quantity - line.rejected;
        return found;
    }

    // The line that knows the serial; else the first of the product that is still owed something.
    std::optional<std::size_t> order_line_for(const Sku& sku, const std::vector<Serial>& serials) {
        const auto& lines = prepared_.order->order.lines;
        std::optional<std::size_t> first;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (lines[i].sku != sku) continue;
            const auto& own = lines[i].serials;
            const bool known =
                !serials.empty() && std::find(own.begin(), own.end(), serials.front()) != own.end();
            if (known) return i;
            const bool owed = lines[i].outstanding > taken_[i];
            if (!first || (owed && lines[*first].outstanding <= taken_[*first])) first = i;
        }
        return first;
    }

    // A lot that is new must bring the dates that its product demands.
    void read_lot(const Product& product, const receiving::PostLine& request, ReceiptLine& line,
                  const std::string& pointer) {
        line.lot = request.lot;
        line.manufactured_on = request.manufactured_on;
        line.expires_on = request.expires_on;
        line.mrp = request.mrp;
        const bool dated = product.expiry_required || product.manufactured_required;
        if (!line.lot) {
            if (product.tracking == Tracking::lot || dated) {
                faults_.add(pointer + "/lot", "lot_required",
                            "\"" + product.sku.text() + "\" is received by lot");
            }
            return;
        }
        if (!find_lot(transaction_, product.sku, *line.lot)) {
            faults_.add_if(product.expiry_required && !line.expires_on, pointer + "/expires_on",
                           "expires_on_required", "this lot is new: say when it expires");
            faults_.add_if(product.manufactured_required && !line.manufactured_on,
                           pointer + "/manufactured_on", "manufactured_on_required",
                           "this lot is new: say when it was made");
            if (!faults_.empty()) return;
        }
        const auto lot = ensure_lot(transaction_, product, *line.lot, line.manufactured_on,
                                    line.expires_on, line.mrp, pointer + "/lot");
        line.manufactured_on = lot.manufactured_on;
        line.expires_on = lot.expires_on;
        if (!line.mrp) line.mrp = lot.mrp;
        if (lot.expires_on && *lot.expires_on < transaction_.today()) {
            receipt().warnings.push_back({"expired", line.line, line.quantity,
                                          "the lot expired on " + lot.expires_on->text()});
        }
    }

    void read_cost(const receiving::PostLine& request, const std::optional<std::size_t>& index,
                   ReceiptLine& line, const std::string& pointer) {
        check_price(request.unit_cost, pointer + "/unit_cost", faults_);
        auto cost = request.unit_cost;
        if (!cost && index) cost = prepared_.order->order.lines[*index].unit_price;
        if (!cost && receipt().vendor) {
            cost = vendor_price(transaction_, *receipt().vendor, line.sku, line.quantity);
        }
        if (cost) {
            line.unit_cost = *cost;
        } else {
            faults_.add(pointer + "/unit_cost", "unit_cost_missing",
                        "neither an order line nor a vendor item says what \"" + line.sku.text() +
                            "\" costs");
        }
    }

    void read_serials(const PreparedLine& prepared, const receiving::PostLine& request,
                      ReceiptLine& line, const std::string& pointer) {
        line.serials = *request.serials;
        line.rejected_serials = *request.rejected_serials;
        const PurchaseOrderLine* order_line =
            prepared.order_index ? &prepared_.order->order.lines[*prepared.order_index] : nullptr;
        serials_.check(transaction_, prepared.product, order_line, line, pointer, faults_);
    }

    void apply_tolerances() {
        std::map<std::size_t, Quantity> received;
        std::vector<Fault> refused;
        for (std::size_t i = 0; i < prepared_.lines.size(); ++i) {
            if (const auto index = prepared_.lines[i].order_index) {
                apply_tolerance(i, *index, received[*index], refused);
            }
        }
        if (refused.empty()) return;
        const auto detail = refused.front().detail;
        throw Refusal::conflict("beyond_tolerance", detail,
                                "amend the order up, or receive the rest without an order")
            .with_faults(std::move(refused));
    }

    void apply_tolerance(std::size_t i, std::size_t order_index, Quantity& received,
                         std::vector<Fault>& refused) {
        auto& line = receipt().lines[i];
        const auto& ordered = prepared_.order->order.lines[order_index];
        const auto accepted = line.quantity - line.rejected;
        const auto rule = tolerance_for(transaction_.policies(),
                                        {receipt().vendor, line.sku, receipt().location});
        const auto before = ordered.received - ordered.returned_for_replacement + received;
        const auto limit = receivable(rule, still_ordered(ordered), ordered.unit_price);
        const auto room = std::max(Quantity(0), limit - before);
        received += accepted;
        if (accepted <= room) return;
        const auto beyond = accepted - room;
        if (*rule.beyond == BeyondTolerance::quarantine) {
            line.excess = beyond;
            receipt().warnings.push_back({"excess", line.line, beyond, "put aside as blocked"});
        } else if (*rule.beyond == BeyondTolerance::wait_for_approval) {
            prepared_.must_wait = true;
            receipt().warnings.push_back(
                {"beyond_tolerance", line.line, beyond, "the receipt waits for approval"});
        } else {
            refused.push_back({pointer_at("/lines", i, "quantity"), "beyond_tolerance",
                               std::to_string(accepted.raw()) + " of \"" + line.sku.text() +
                                   "\" are too many: at most " + std::to_string(room.raw()) +
                                   " more are taken on line " + std::to_string(ordered.line)});
        }
    }

    Transaction& transaction_;
    const receiving::PostReceipt& request_;
    PreparedReceipt prepared_;
    Location location_;
    Faults faults_;
    ReceivedSerials serials_;
    std::vector<Quantity> taken_;  // by order line: accepted by the lines read so far
};

}  // namespace

PreparedReceipt prepare_receipt(Transaction& transaction, const receiving::PostReceipt& request,
                                Beyond beyond) {
    return Preparation(transaction, request).run(beyond);
}

}  // namespace wharf::domain
