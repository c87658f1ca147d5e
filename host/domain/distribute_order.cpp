// Writing a distribution: the parent, its legs, and where the pegs go.
#include "host/domain/distribute_order.hpp"

#include <algorithm>

#include "host/domain/approval.hpp"
#include "host/domain/distribution_pegs.hpp"
#include "host/domain/distribution_plan.hpp"
#include "host/domain/purchase_order_balance.hpp"
#include "host/domain/purchase_order_flow.hpp"
#include "host/domain/purchase_order_tax.hpp"
#include "host/domain/purchase_price.hpp"
#include "wharf/events.hpp"

namespace wharf::domain {
namespace {

using enum PurchaseOrderStatus;

class Distributing {
public:
    Distributing(Transaction& transaction, DistributionPlan plan, LegApproval approval)
        : transaction_(transaction),
          plan_(std::move(plan)),
          approval_(approval),
          pegs_(transaction) {
        for (const auto& line : plan_.lines) lines_[line.line] = &line;
    }

    PurchaseOrder run() {
        const auto number = plan_.parent.order.number;
        status_ = status_of_new_legs();
        if (plan_.first) become_parent();
        for (auto& leg : plan_.legs) {
            if (leg.changed && !leg.fresh) change(leg);
        }
        for (auto& leg : plan_.legs) {
            if (leg.fresh) make(leg);
        }
        pegs_.deal(plan_);
        for (const auto& leg : plan_.legs) {
            if (leg.changed) record(leg);
        }
        follow_legs(transaction_, number);
        return recorded<event::PurchaseOrderAmended>(transaction_,
                                                     *read_purchase_order(transaction_, number));
    }

private:
    // An approved order was approved for all that it is worth; past the limit a new leg of it still
    // asks for a second person.
    PurchaseOrderStatus status_of_new_legs() {
        const auto& parent = plan_.parent.order;
        if (parent.status != approved || plan_.first) return parent.status;
        return past_approval_limit(transaction_, legs_worth(transaction_, parent.number))
                   ? waiting_for_approval
                   : approved;
    }

    // From now on its lines are what it ordered, not what it is owed.
    void become_parent() {
        const auto& order = plan_.parent.order;
        auto& session = transaction_.session();
        for (const auto& line : order.lines) {
            pegs_.take(supply_of(order, line), line.line, Count(0));
        }
        insert_parent(transaction_, order.number, approval_);
        for (const auto& line : plan_.lines) write_parent_line(transaction_, order.number, line);
        session.execute("DELETE FROM purchase_order_serial WHERE purchase_order = :number",
                        {{"number", order.number}});
        session.execute("DELETE FROM purchase_order_line WHERE purchase_order = :number",
                        {{"number", order.number}});
        session.execute("UPDATE purchase_order SET amount = 0 WHERE number = :number",
                        {{"number", order.number}});
    }

    void change(PlannedLeg& leg) {
        auto& stored = leg.stored;
        stored.parent_follows = false;
        drop_lines(leg);
        for (const auto& [parent_line, target] : leg.targets) {
            const auto present = leg.lines.find(parent_line);
            if (present != leg.lines.end()) {
                stored.serials_changed.insert(present->second);
                set_quantity(stored.edit(present->second), target);
            } else if (target.quantity.positive()) {
                add_line(stored, parent_line, target);
            }
        }
        settled_[&leg] = settle(stored);
        if (stored.order.lines.empty()) {
            stored.order.status = cancelled;
            stored.order.reason = Reason("distributed anew");
        }
        save_purchase_order(transaction_, stored);
        write_leg_lines(transaction_, stored);
        for (const auto& line : stored.order.lines) {
            pegs_.take(supply_of(stored.order, line), *line.parent_line, line.outstanding);
        }
    }

    // A line that carries nothing any more, and of which nothing came, goes.
    void drop_lines(PlannedLeg& leg) {
        auto& stored = leg.stored;
        for (auto index = stored.order.lines.size(); index-- > 0;) {
            const auto& line = stored.order.lines[index];
            const auto target = leg.targets.find(line.parent_line.value_or(0));
            if (target == leg.targets.end() || target->second.quantity.positive()) continue;
            pegs_.take(supply_of(stored.order, line), target->first, Count(0));
            delete_purchase_order_line(transaction_, stored, index);
        }
        leg.lines.clear();
        for (std::size_t i = 0; i < stored.order.lines.size(); ++i) {
            leg.lines[stored.order.lines[i].parent_line.value_or(0)] = i;
        }
    }

    void make(PlannedLeg& leg) {
        auto& stored = leg.stored;
        stored.order.status = status_;
        if (status_ == approved) {
            stored.order.approved_by = plan_.parent.order.approved_by;
            keep_stated_tax(transaction_, stored, plan_.parent.order.tax);
        }
        for (const auto& [parent_line, target] : leg.targets) add_line(stored, parent_line, target);
        insert_purchase_order(transaction_, stored);
        insert_leg(transaction_, stored);
    }

    // The line of the parent as a line of a leg: its price stays, whatever the quantity.
    void add_line(StoredPurchaseOrder& stored, std::int32_t parent_line, const LegTarget& target) {
        const auto& ordered = *lines_.at(parent_line);
        PurchaseOrderLine line;
        line.sku = ordered.sku;
        line.unit_price = ordered.unit_price;
        line.tax_rate = ordered.tax_rate;
        line.quantity_set_by = ordered.quantity_set_by;
        line.explanation = ordered.explanation;
        line.parent_line = parent_line;
        if (stored.order.status == approved) line.tax = stated_tax(parent_line);
        set_quantity(line, target);
        stored.add_line(std::move(line), false);
    }

    // The components and rates of the order's line, before its amounts are worked out for the leg.
    std::vector<TaxShare> stated_tax(std::int32_t parent_line) const {
        const auto& stated = plan_.parent.order.lines;
        const auto found = std::find_if(stated.begin(), stated.end(),
                                        [&](const auto& line) { return line.line == parent_line; });
        return found == stated.end() ? std::vector<TaxShare>() : found->tax;
    }

    void set_quantity(PurchaseOrderLine& line, const LegTarget& target) {
        // Where goods go is a person's word: no plugin cuts it later by itself.
        if (line.quantity != target.quantity) {
            line.unit.reset();
            line.unit_quantity.reset();
            line.quantity_set_by = SetBy::person;
        }
        line.quantity = target.quantity;
        line.cancelled += target.called_off;
        line.serials = target.serials;
        rebalance(line, minor_digits(plan_.parent.order.currency.view()));
    }

    void record(const PlannedLeg& leg) {
        const auto& stored = leg.stored;
        if (leg.fresh) {
            recorded<event::PurchaseOrderCreated>(transaction_, stored);
            if (stored.order.status == approved) {
                recorded<event::PurchaseOrderApproved>(transaction_, stored);
            }
        } else if (stored.order.lines.empty()) {
            recorded<event::PurchaseOrderCancelled>(transaction_, stored);
        } else {
            recorded<event::PurchaseOrderAmended>(transaction_, stored);
            record_settled(transaction_, stored, settled_.at(&leg));
        }
    }

    Transaction& transaction_;
    DistributionPlan plan_;
    LegApproval approval_;
    LoosePegs pegs_;
    std::map<std::int32_t, const ParentLine*> lines_;
    PurchaseOrderStatus status_ = draft;
    std::map<const PlannedLeg*, Settled> settled_;
};

}  // namespace

PurchaseOrder distribute_order(Transaction& transaction,
                               const purchasing::DistributeOrder& request) {
    return Distributing(transaction, plan_distribution(transaction, request), *request.approval)
        .run();
}

}  // namespace wharf::domain
