#include "splits.hpp"

#include <algorithm>

#include "hub.hpp"
#include "legs.hpp"
#include "moves.hpp"
#include "order_view.hpp"
#include "rules.hpp"
#include "settings.hpp"

namespace split_delivery {

namespace {

using wharf::PurchaseOrderStatus;
using wharf::Refusal;

constexpr const char* kSplits = "splits";

bool is_live(const PurchaseOrder& order) {
    return order.status == PurchaseOrderStatus::draft ||
           order.status == PurchaseOrderStatus::waiting_for_approval ||
           order.status == PurchaseOrderStatus::approved;
}

PurchaseOrder get(wharf::Context& context, const DocumentNumber& number) {
    wharf::purchasing::GetOrder query;
    query.number = number;
    return context.call(query);
}

struct Planned {
    std::vector<wharf::purchasing::Leg> legs;
    std::optional<Rule> rule;
    std::vector<Shared> explanation;
};

void require_one_way(const Distribution& given) {
    const int ways = int{given.rows.has_value()} + int{given.sheet.has_value()} +
                     int{given.rule.has_value()} + int{given.moves.has_value()};
    if (ways != 1) {
        throw Refusal::invalid("", "split_delivery.one_way",
                               "say where it goes in one way: rows, a sheet, a rule, or moves",
                               "send rows as JSON, a sheet as text/csv, rule with locations, or, "
                               "for an order that is split, moves");
    }
    if (given.locations && !given.rule) {
        throw Refusal::invalid("/locations", "split_delivery.no_rule",
                               "locations are shared out to by a rule");
    }
}

// Rows and a sheet say where all of the order goes: what came since they were made would be lost.
void require_version(const RedistributeRequest& request, const PurchaseOrder& order) {
    if (!request.version) {
        if (request.rule || request.moves) return;
        throw Refusal::invalid("/version", "required",
                               "rows and a sheet say where all of the order goes: name the "
                               "version of it that they were made from",
                               "read the split and send its version; a rule or moves need none");
    }
    // Told before the faults of rows that were made from an old look.
    if (order.version == *request.version) return;
    throw Refusal::conflict(
        "split_delivery.distribution_changed",
        order.number.text() + " was changed since version " + std::to_string(*request.version) +
            ": it is at " + std::to_string(order.version),
        "look at it again, then say how it shall be distributed; a rule or moves may leave the "
        "version out, and nothing is added to an order that was submitted");
}

void require_live(const PurchaseOrder& order) {
    if (is_live(order)) return;
    throw Refusal::conflict("split_delivery.purchase_order_over",
                            order.number.text() + " is over: nothing of it is to come",
                            "make a new order of what is still wanted");
}

Planned plan(wharf::Context& context, const OrderView& view, const Distribution& given) {
    SheetFaults faults;
    Planned planned;
    planned.rule = given.rule;
    std::vector<SheetRow> rows;
    std::string_view pointer = "/rows";
    if (given.rows) {
        rows = rows_of(*given.rows);
    } else if (given.sheet) {
        rows = read_sheet(*given.sheet, faults);
        if (rows.empty()) faults.refuse_if_any();  // nothing that could be held against the order
        pointer = "/sheet";
    } else if (given.moves) {
        rows = rows_after(view, *given.moves, faults);
        pointer = "/moves";
    } else {
        auto ruled = rows_by_rule(context, view, *given.rule, given.locations);
        rows = std::move(ruled.rows);
        planned.explanation = std::move(ruled.explanation);
        pointer = "/locations";
    }
    require_transfers(context, view, rows, faults);
    planned.legs = legs_of(context, view, rows, pointer, faults);
    return planned;
}

// Demand at a place is covered by the leg that goes there, earliest leg first.
void peg_demand(wharf::Context& context, std::vector<PurchaseOrder> children) {
    std::stable_sort(children.begin(), children.end(), [](const auto& left, const auto& right) {
        if (!left.expected_on || !right.expected_on) return left.expected_on.has_value();
        return *left.expected_on < *right.expected_on;
    });
    wharf::planning::PegSupply pegs;
    for (const auto& child : children) {
        if (!is_live(child)) continue;
        for (const auto& line : child.lines) {
            const Quantity free = line.outstanding - line.pegged;
            if (!free.positive()) continue;
            wharf::planning::Cover cover;
            cover.supply = {wharf::SupplyKind::purchase_order, child.number, line.line};
            cover.quantity = free;
            pegs.covers.push_back(std::move(cover));
        }
    }
    if (!pegs.covers.empty()) context.call(pegs);
}

Split shown(wharf::Context& context, const DocumentNumber& number) {
    Split split;
    split.number = number;
    split.purchase_order = get(context, number);
    split.version = split.purchase_order.version;
    split.children = children_of(context, split.purchase_order);
    if (const auto kept = context.collection<SplitRecord>(kSplits).get(number.text())) {
        split.rule = kept->document.rule;
        split.explanation = kept->document.explanation;
    }
    // What each place needs is no vendor's business.
    if (context.principal().vendor) split.explanation.clear();
    return split;
}

Split distribute(wharf::Context& context, const OrderView& view, Planned planned,
                 std::optional<std::int64_t> version) {
    const auto& number = view.order.number;
    wharf::purchasing::DistributeOrder request;
    request.number = number;
    request.version = version;
    request.approval = context.config<Settings>().approval;
    request.legs = std::move(planned.legs);
    const bool as_it_is = view.split() && request.legs.empty();
    auto parent = as_it_is ? view.order : context.call(request);
    if (!view.split() && parent.status == PurchaseOrderStatus::draft) {
        wharf::purchasing::SubmitOrder submit;
        submit.number = number;
        parent = context.call(submit);
    }
    peg_demand(context, children_of(context, parent));
    context.collection<SplitRecord>(kSplits).put(
        {number, is_live(parent), planned.rule, std::move(planned.explanation)}, number.text());
    return shown(context, number);
}

}  // namespace

Split split_order(wharf::Context& context, const SplitRequest& request) {
    const auto given = distribution_of(request);
    require_one_way(given);
    const auto view = read_order(context, request.number);
    if (view.split() || view.order.parent) {
        throw Refusal::conflict("split_delivery.already_split",
                                view.order.number.text() + " is split already",
                                "distribute it anew: POST .../redistribute");
    }
    require_live(view.order);
    return distribute(context, view, plan(context, view, given), std::nullopt);
}

Split redistribute_order(wharf::Context& context, const RedistributeRequest& request) {
    const auto given = distribution_of(request);
    require_one_way(given);
    const auto view = read_order(context, request.number);
    if (!view.split()) {
        throw Refusal::conflict("split_delivery.not_split",
                                view.order.number.text() + " is not split", "split it first");
    }
    require_version(request, view.order);
    require_live(view.order);
    return distribute(context, view, plan(context, view, given), request.version);
}

Split read_split(wharf::Context& context, const DocumentNumber& number) {
    auto split = shown(context, number);
    if (split.purchase_order.legs.empty()) {
        throw Refusal::not_found("split purchase order", number.view());
    }
    return split;
}

PurchaseOrder group_orders(wharf::Context& context, const GroupRequest& request) {
    wharf::purchasing::GroupOrders group;
    group.parent = request.parent;
    group.approval = context.config<Settings>().approval;
    group.orders = request.purchase_orders;
    auto parent = context.call(group);
    context.collection<SplitRecord>(kSplits).put({parent.number, true, std::nullopt, {}},
                                                 parent.number.text());
    return parent;
}

std::int64_t splits_under_way(wharf::Context& context) {
    std::int64_t count = 0;
    context.collection<SplitRecord>(kSplits).each(
        wharf::Find("open").equals(true), [&](const wharf::Stored<SplitRecord>& stored) {
            if (is_live(get(context, stored.document.number))) ++count;
        });
    return count;
}

void catch_up(wharf::Context& context) {
    std::vector<DocumentNumber> open;
    context.collection<SplitRecord>(kSplits).each(
        wharf::Find("open").equals(true),
        [&](const wharf::Stored<SplitRecord>& stored) { open.push_back(stored.document.number); });
    for (const auto& number : open) {
        const auto parent = get(context, number);
        for (const auto& leg : parent.legs) {
            if (!leg.via) continue;
            std::vector<DocumentNumber> receipts;
            wharf::receiving::ListReceipts query;
            query.purchase_order = leg.number;
            context.each(
                query, [&](const wharf::Receipt& receipt) { receipts.push_back(receipt.number); });
            for (const auto& receipt : receipts) look_after(context, receipt);
        }
        note_status(context, parent);
    }
}

void note_status(wharf::Context& context, const PurchaseOrder& order) {
    if (order.legs.empty()) return;
    const auto splits = context.collection<SplitRecord>(kSplits);
    auto kept = splits.get(order.number.text());
    if (!kept || kept->document.open == is_live(order)) return;
    kept->document.open = is_live(order);
    splits.put(kept->document, order.number.text());
}

}  // namespace split_delivery
