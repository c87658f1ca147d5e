// How a parent follows its legs: status, version, events, and what it ordered.
#include <algorithm>
#include <set>
#include <utility>

#include "host/domain/purchase_order_balance.hpp"
#include "host/domain/purchase_order_legs.hpp"
#include "wharf/events.hpp"

namespace wharf::domain {
namespace {

using enum PurchaseOrderStatus;

struct Standing {
    PurchaseOrderStatus status = draft;
    bool closed = false;
};

Standing standing_of(const std::vector<PurchaseOrderLeg>& legs) {
    const auto any = [&](PurchaseOrderStatus status) {
        return std::any_of(legs.begin(), legs.end(),
                           [&](const auto& leg) { return leg.status == status; });
    };
    const bool undecided = any(draft) || any(waiting_for_approval);
    if (any(approved) || (any(completed) && undecided)) return {approved, false};
    if (any(waiting_for_approval)) return {waiting_for_approval, false};
    if (any(draft)) return {draft, false};
    const bool cut = std::any_of(legs.begin(), legs.end(), [](const auto& leg) {
        return leg.closed || (leg.status != completed && leg.quantity.positive());
    });
    if (any(completed)) return {completed, cut};
    return {any(cancelled) ? cancelled : rejected, false};
}

void record_standing(Transaction& transaction, const StoredPurchaseOrder& stored,
                     PurchaseOrderStatus before) {
    const auto& order = stored.order;
    switch (order.status) {
        case waiting_for_approval:
            recorded<event::PurchaseOrderSubmitted>(transaction, stored);
            return;
        case approved:
            if (before == completed) {
                recorded<event::PurchaseOrderAmended>(transaction, stored);
            } else {
                recorded<event::PurchaseOrderApproved>(transaction, stored);
            }
            return;
        case completed:
            if (order.closed) {
                recorded<event::PurchaseOrderClosed>(transaction, stored);
            } else {
                recorded<event::PurchaseOrderCompleted>(transaction, stored);
            }
            return;
        case cancelled:
            recorded<event::PurchaseOrderCancelled>(transaction, stored);
            return;
        case rejected:
            recorded<event::PurchaseOrderRejected>(transaction, stored);
            return;
        default:
            return;
    }
}

// Who took the step, in the parent's own record.
void sign(Transaction& transaction, const DocumentNumber& parent, PurchaseOrderStatus status) {
    auto& session = transaction.session();
    const auto& name = transaction.actor().name;
    if (status == waiting_for_approval) {
        session.execute("UPDATE purchase_order SET submitted_by = :name WHERE number = :number",
                        {{"name", name}, {"number", parent}});
    } else if (status == approved) {
        session.execute(
            "UPDATE purchase_order SET approved_by = COALESCE(approved_by, :name) "
            "WHERE number = :number",
            {{"name", name}, {"number", parent}});
    }
}

// One line of a leg with what its parent line is known by.
struct LegLineRow {
    DocumentNumber number;
    std::int32_t line = 0;
    ParentLine as_parent;  // `line` is the present parent line, 0: none
};

std::vector<LegLineRow> leg_lines(Transaction& transaction, const DocumentNumber& parent) {
    auto row = transaction.session().select(
        "SELECT l.purchase_order, l.line, COALESCE(k.parent_line, 0), l.sku, l.quantity, "
        "l.unit_price, l.tax_rate, l.quantity_set_by, l.explanation FROM split_leg g "
        "JOIN purchase_order_line l ON l.purchase_order = g.number "
        "LEFT JOIN split_leg_line k ON k.number = l.purchase_order AND k.line = l.line "
        "WHERE g.parent = :parent ORDER BY g.leg, l.line",
        {{"parent", parent}});
    std::vector<LegLineRow> rows;
    while (row.next()) {
        LegLineRow found{row.get<DocumentNumber>(0), row.get<std::int32_t>(1), {}};
        found.as_parent = {
            row.get<std::int32_t>(2), row.get<Sku>(3),   row.get<Quantity>(4), row.get<Money>(5),
            row.get<Percent>(6),      row.get<SetBy>(7), std::nullopt};
        if (!row.is_null(8)) found.as_parent.explanation = RawJson{std::string(row.text(8))};
        rows.push_back(std::move(found));
    }
    return rows;
}

void set_parent_line(Transaction& transaction, const LegLineRow& row, std::int32_t parent_line) {
    if (row.as_parent.line == parent_line) return;
    auto& session = transaction.session();
    session.execute("DELETE FROM split_leg_line WHERE number = :number AND line = :line",
                    {{"number", row.number}, {"line", row.line}});
    session.execute(
        "INSERT INTO split_leg_line (number, line, parent_line) "
        "VALUES (:number, :line, :parent_line)",
        {{"number", row.number}, {"line", row.line}, {"parent_line", parent_line}});
}

}  // namespace

void follow_legs(Transaction& transaction, const DocumentNumber& parent) {
    if (!leg_approval_of(transaction, parent)) return;
    auto& session = transaction.session();
    const auto before = session.value<PurchaseOrderStatus>(
        "SELECT status FROM purchase_order WHERE number = :number", {{"number", parent}});
    const auto now = standing_of(legs_shown(transaction, parent));
    session.execute(
        "UPDATE purchase_order SET status = :status, closed = :closed, version = version + 1 "
        "WHERE number = :number",
        {{"status", now.status}, {"closed", now.closed}, {"number", parent}});
    if (now.status == before) return;
    sign(transaction, parent, now.status);
    record_standing(transaction, *read_purchase_order(transaction, parent), *before);
}

// Parent lines are told apart by product and price; two lines of one leg never share one, so that a
// distribution can name each.
void follow_leg_lines(Transaction& transaction, const DocumentNumber& parent) {
    auto lines = parent_lines(transaction, parent);
    std::int32_t last = 0;
    for (auto& line : lines) {
        last = std::max(last, line.line);
        line.quantity = Quantity(0);
    }
    std::set<std::pair<DocumentNumber, std::int32_t>> shared;  // leg and parent line
    for (auto& row : leg_lines(transaction, parent)) {
        const auto& part = row.as_parent;
        const auto same = [&](const ParentLine& line) {
            return line.sku == part.sku && line.unit_price == part.unit_price &&
                   !shared.contains({row.number, line.line});
        };
        auto found = std::find_if(lines.begin(), lines.end(), [&](const ParentLine& line) {
            return line.line == part.line && same(line);
        });
        if (found == lines.end()) found = std::find_if(lines.begin(), lines.end(), same);
        if (found == lines.end()) {
            found = lines.insert(lines.end(), part);
            found->line = ++last;
            found->quantity = Quantity(0);
        }
        found->quantity += part.quantity;
        shared.emplace(row.number, found->line);
        set_parent_line(transaction, row, found->line);
    }
    for (const auto& line : lines) {
        if (line.quantity.positive()) {
            write_parent_line(transaction, parent, line);
        } else {
            transaction.session().execute(
                "DELETE FROM split_order_line WHERE number = :number AND line = :line",
                {{"number", parent}, {"line", line.line}});
        }
    }
}

}  // namespace wharf::domain
