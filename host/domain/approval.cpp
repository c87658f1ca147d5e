#include "host/domain/approval.hpp"

#include "host/domain/purchase_order_balance.hpp"
#include "host/domain/purchase_order_legs.hpp"

namespace wharf::domain {
namespace {

[[noreturn]] void refuse_approver(const Transaction& transaction, const PurchaseOrder& order,
                                  std::string_view what) {
    throw Refusal::forbidden("second_person_needed",
                             "\"" + transaction.actor().name + "\" " + std::string(what) + " " +
                                 order.number.text() +
                                 ", which is worth more than one person may approve alone",
                             "have it approved with another person's key");
}

bool another_price(const PurchaseOrder& before, const PurchaseOrder& after) {
    for (std::size_t i = 0; i < before.lines.size(); ++i) {
        if (before.lines[i].unit_price != after.lines[i].unit_price) return true;
    }
    return false;
}

// What the other legs of the same parent are worth, as stored.
Money other_legs_worth(Transaction& transaction, const PurchaseOrder& order) {
    if (!order.parent || !leg_approval_of(transaction, *order.parent)) return {};
    const auto own = transaction.session().value<Money>(
        "SELECT amount FROM purchase_order WHERE number = :number", {{"number", order.number}});
    return legs_worth(transaction, *order.parent) - own.value_or(Money());
}

}  // namespace

bool past_approval_limit(const Transaction& transaction, Money amount) {
    const auto& limit = transaction.policies().purchase_approval_limit;
    return limit && amount > *limit;
}

void check_order_approver(Transaction& transaction, const StoredPurchaseOrder& stored) {
    const auto& order = stored.order;
    const auto worth = order.amount + other_legs_worth(transaction, order);
    if (!past_approval_limit(transaction, worth)) return;
    const auto& name = transaction.actor().name;
    if (name == order.created_by) refuse_approver(transaction, order, "made");
    if (name == stored.changed_by) refuse_approver(transaction, order, "changed");
    if (name == order.submitted_by) refuse_approver(transaction, order, "submitted");
}

void check_amendment_approver(Transaction& transaction, const StoredPurchaseOrder& stored,
                              Money amount) {
    const auto worth = amount + other_legs_worth(transaction, stored.order);
    if (!past_approval_limit(transaction, worth)) return;
    if (transaction.actor().name == stored.order.pending_amendment->requested_by) {
        refuse_approver(transaction, stored.order, "asked for the change of");
    }
}

bool amendment_must_wait(Transaction& transaction, const PurchaseOrder& before,
                         const PurchaseOrder& after) {
    if (before.vendor != after.vendor || another_price(before, after)) return true;
    const auto worth = total_of(after);
    return worth > total_of(before) &&
           past_approval_limit(transaction, worth + other_legs_worth(transaction, before));
}

}  // namespace wharf::domain
