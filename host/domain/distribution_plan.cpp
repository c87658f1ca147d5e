#include "host/domain/distribution_plan.hpp"

#include <algorithm>
#include <set>

#include "host/domain/catalog.hpp"
#include "host/domain/pointers.hpp"
#include "host/domain/purchase_order_balance.hpp"
#include "host/domain/purchase_order_flow.hpp"
#include "host/limits.hpp"

namespace wharf::domain {
namespace {

std::string units(Quantity quantity) {
    return std::to_string(quantity.raw());
}

// Less than this no leg may carry: received + dispatched + cancelled, what came beyond left out.
Quantity fixed_part(const PurchaseOrderLine& line) {
    const auto fixed = line.quantity - line.outstanding + line.dispatched;
    // A line that goods were refused on keeps its history.
    return std::max(fixed, Quantity(line.rejected.positive() ? 1 : 0));
}

// Whether quantities of the leg may still change.
bool is_open(const PurchaseOrder& leg) {
    return is_live(leg.status) || (leg.status == PurchaseOrderStatus::completed && !leg.closed);
}

class Planning {
public:
    Planning(Transaction& transaction, const purchasing::DistributeOrder& request)
        : transaction_(transaction), request_(request) {}

    DistributionPlan run() {
        load();
        for (const auto& line : plan_.lines) known_.insert(line.line);
        refuse_too_many();
        for (std::size_t i = 0; i < request_.legs.size(); ++i) {
            read_leg(request_.legs[i], pointer_at("/legs", i));
        }
        carry_called_off();
        check_totals();
        deal_serials(transaction_, plan_, faults_);
        faults_.refuse_if_any();
        deal_charges(plan_);
        return std::move(plan_);
    }

private:
    PurchaseOrder& order() { return plan_.parent.order; }

    void load() {
        plan_.parent = load_purchase_order(transaction_, request_.number);
        transaction_.check_version(order().version);
        refuse_leg_step(plan_.parent, "distributed");
        refuse_changed();
        plan_.first = !plan_.parent.is_parent;
        if (!is_live(order().status)) {
            refuse_status(order(), "distributed", "make a new order of what is still wanted");
        }
        if (plan_.first) {
            refuse_begun();
            for (const auto& line : order().lines) {
                plan_.lines.push_back({line.line, line.sku, line.quantity, line.unit_price,
                                       line.tax_rate, line.quantity_set_by, line.explanation});
            }
            return;
        }
        plan_.lines = parent_lines(transaction_, order().number);
        for (auto& leg : load_legs(transaction_, order().number)) take_over(std::move(leg));
    }

    void refuse_changed() {
        if (!request_.version || *request_.version == order().version) return;
        throw Refusal::conflict("distribution_changed",
                                order().number.text() + " was changed since version " +
                                    std::to_string(*request_.version) + ": it is at " +
                                    std::to_string(order().version),
                                "look at it again, then say how it shall be distributed");
    }

    void refuse_begun() {
        if (order().pending_amendment) {
            throw Refusal::conflict(
                "amendment_pending",
                "an amendment of " + order().number.text() + " waits for approval",
                "approve or reject it first");
        }
        if (!something_received(order()) && !something_dispatched(order())) return;
        throw Refusal::conflict("already_received",
                                "goods of " + order().number.text() + " came to \"" +
                                    order().ship_to.text() + "\" already",
                                "close it and order the rest anew, to be distributed");
    }

    // Legs that are over count too: they stay with the order.
    void refuse_too_many() const {
        const auto fresh = std::count_if(request_.legs.begin(), request_.legs.end(),
                                         [](const auto& leg) { return !leg.number; });
        const auto legs = plan_.legs.size() + static_cast<std::size_t>(fresh);
        if (std::max(legs, request_.legs.size()) <= limits::kPurchaseOrderLegsMax) return;
        throw Refusal::invalid(
            "/legs", "too_many_legs",
            "an order has at most " + std::to_string(limits::kPurchaseOrderLegsMax) + " legs",
            "make a second order of what is still wanted");
    }

    void take_over(StoredPurchaseOrder leg) {
        if (leg.order.pending_amendment) {
            throw Refusal::conflict(
                "amendment_pending",
                "an amendment of " + leg.order.number.text() + " waits for approval",
                "approve or reject it first");
        }
        PlannedLeg planned;
        for (std::size_t i = 0; i < leg.order.lines.size(); ++i) {
            const auto& line = leg.order.lines[i];
            if (!line.parent_line) continue;
            planned.targets[*line.parent_line].quantity = line.quantity;
            planned.lines[*line.parent_line] = i;
        }
        planned.stored = std::move(leg);
        plan_.legs.push_back(std::move(planned));
    }

    void read_leg(const purchasing::Leg& request, const std::string& pointer) {
        auto* leg = request.number ? named_leg(request, pointer) : new_leg(request, pointer);
        if (leg == nullptr) return;
        auto& date = leg->stored.order.expected_on;
        if (request.expected_on && request.expected_on != date) {
            faults_.add_if(*request.expected_on < transaction_.today(), pointer + "/expected_on",
                           "in_the_past", request.expected_on->text() + " is before today");
            date = request.expected_on;
            leg->changed = true;
        }
        std::set<std::int32_t> named;
        for (std::size_t i = 0; i < request.lines.size(); ++i) {
            const auto at = pointer_at(pointer + "/lines", i);
            if (!named.insert(request.lines[i].line).second) {
                faults_.add(at + "/line", "line_twice", "the leg names the line twice");
            } else {
                read_line(*leg, request.lines[i], at);
            }
        }
        faults_.add_if(leg->targets.empty() && leg->fresh, pointer + "/lines", "no_lines",
                       "a new leg carries something");
    }

    PlannedLeg* named_leg(const purchasing::Leg& request, const std::string& pointer) {
        const auto found =
            std::find_if(plan_.legs.begin(), plan_.legs.end(), [&](const PlannedLeg& leg) {
                return !leg.fresh && leg.stored.order.number == *request.number;
            });
        if (found == plan_.legs.end()) {
            faults_.add(pointer + "/number", "unknown_leg",
                        "\"" + request.number->text() + "\" is no leg of " + order().number.text());
            return nullptr;
        }
        const bool elsewhere = (request.location && *request.location != found->location()) ||
                               (request.via && *request.via != found->stored.order.ship_to);
        faults_.add_if(elsewhere, pointer + "/location", "leg_keeps_its_place",
                       "a leg stays where it goes: take its quantity to a new one");
        return &*found;
    }

    PlannedLeg* new_leg(const purchasing::Leg& request, const std::string& pointer) {
        if (!request.location) {
            faults_.add(pointer + "/location", "required", "a new leg goes somewhere");
            return nullptr;
        }
        collect(faults_,
                [&] { stocking_location(transaction_, *request.location, pointer + "/location"); });
        if (request.via) {
            collect(faults_,
                    [&] { stocking_location(transaction_, *request.via, pointer + "/via"); });
            faults_.add_if(*request.via == *request.location, pointer + "/via", "via_itself",
                           "the hub is another location than the one that the goods are for");
        }
        const auto& from = order();
        PlannedLeg planned;
        planned.fresh = true;
        planned.changed = true;
        planned.stored.is_leg = true;
        planned.stored.changed_by = plan_.parent.changed_by;
        auto& to = planned.stored.order;
        to.vendor = from.vendor;
        to.currency = from.currency;
        to.ship_to = request.via.value_or(*request.location);
        if (request.via) to.destination = request.location;
        to.expected_on = from.expected_on;
        to.source = from.source;
        to.parent = from.number;
        to.created_by = from.created_by;
        to.submitted_by = from.submitted_by;
        to.note = from.note;
        to.tax.reverse_charge = from.tax.reverse_charge;
        to.explanation = from.explanation;
        to.created_at = transaction_.now();
        return &plan_.legs.emplace_back(std::move(planned));
    }

    void read_line(PlannedLeg& leg, const purchasing::LegLine& request, const std::string& at) {
        if (!known_.contains(request.line)) {
            faults_.add(at + "/line", "unknown_line",
                        order().number.text() + " has no line " + std::to_string(request.line));
            return;
        }
        const auto* present = leg.line_of(request.line);
        const auto before = present == nullptr ? Quantity(0) : present->quantity;
        const auto& number = leg.stored.order.number;
        // What is refused is still counted: the totals are those of the request.
        leg.targets[request.line] = {request.quantity, Quantity(), request.serials, {}};
        leg.changed = leg.changed || request.quantity != before || request.serials;
        if (leg.fresh) {
            faults_.add_if(request.quantity.zero(), at + "/quantity", "out_of_range",
                           "a new leg carries at least 1");
        } else if (request.quantity != before && !is_open(leg.stored.order)) {
            faults_.conflict_if(true, at + "/quantity", "leg_is_over",
                                number.text() + " is over and keeps its " + units(before));
        } else if (present != nullptr && request.quantity < fixed_part(*present)) {
            faults_.conflict_if(true, at + "/quantity", "below_received",
                                "line " + std::to_string(request.line) + " of " + number.text() +
                                    " has " + units(fixed_part(*present)) +
                                    " received, dispatched or cancelled");
        }
    }

    // What was called off before the first distribution stays called off: on the leg for the place
    // where it was ordered, else on the first one.
    void carry_called_off() {
        if (!plan_.first || plan_.legs.empty()) return;
        auto home = std::find_if(plan_.legs.begin(), plan_.legs.end(), [&](const PlannedLeg& leg) {
            return leg.location() == order().ship_to;
        });
        if (home == plan_.legs.end()) home = plan_.legs.begin();
        for (const auto& line : order().lines) {
            if (!line.cancelled.positive()) continue;
            auto& target = home->targets[line.line];
            target.quantity += line.cancelled;
            target.called_off = line.cancelled;
        }
    }

    void check_totals() {
        faults_.add_if(plan_.legs.empty(), "/legs", "no_legs", "name at least one leg");
        for (const auto& line : plan_.lines) {
            Quantity total;
            for (const auto& leg : plan_.legs) {
                const auto target = leg.targets.find(line.line);
                if (target != leg.targets.end()) total += target->second.quantity;
            }
            faults_.add_if(total != line.quantity, "/legs", "total_differs",
                           "line " + std::to_string(line.line) + " orders " + units(line.quantity) +
                               " of \"" + line.sku.text() + "\", the legs carry " + units(total));
        }
    }

    Transaction& transaction_;
    const purchasing::DistributeOrder& request_;
    DistributionPlan plan_;
    std::set<std::int32_t> known_;  // lines of the parent
    Faults faults_;
};

}  // namespace

const PurchaseOrderLine* PlannedLeg::line_of(std::int32_t parent_line) const {
    const auto found = lines.find(parent_line);
    return found == lines.end() ? nullptr : &stored.order.lines[found->second];
}

DistributionPlan plan_distribution(Transaction& transaction,
                                   const purchasing::DistributeOrder& request) {
    return Planning(transaction, request).run();
}

}  // namespace wharf::domain
