// The charges of a distributed order: each leg bears its part.
#include <algorithm>
#include <map>

#include "host/domain/distribution_plan.hpp"
#include "host/domain/gst/share_out.hpp"
#include "host/domain/gst/sums.hpp"
#include "host/domain/money_rules.hpp"
#include "host/domain/purchase_order_balance.hpp"

namespace wharf::domain {
namespace {

class Dealing {
public:
    explicit Dealing(DistributionPlan& plan)
        : plan_(plan), minor_digits_(minor_digits(plan.parent.order.currency.view())) {
        for (auto& leg : plan_.legs) {
            if (leg.changed) legs_.push_back(&leg);
        }
        for (const auto& line : plan_.lines) prices_[line.line] = line.unit_price;
    }

    void run() {
        if (legs_.empty()) return;
        const auto weights = weigh();
        std::vector<std::vector<Charge>> dealt(legs_.size());
        for (const auto& charge : taken()) {
            const auto shares = share_out(charge.amount, weights, minor_step(minor_digits_));
            for (std::size_t i = 0; i < shares.size(); ++i) {
                if (shares[i] == Money()) continue;
                dealt[i].push_back({charge.name, shares[i], *charge.before_tax});
            }
        }
        for (std::size_t i = 0; i < legs_.size(); ++i) {
            legs_[i]->stored.order.charges = std::move(dealt[i]);
        }
    }

private:
    // What the legs bore together, or the order before it had any.
    std::vector<Charge> taken() const {
        std::vector<Charge> sum;
        if (plan_.first) add_up(sum, plan_.parent.order.charges);
        for (const auto* leg : legs_) add_up(sum, leg->stored.order.charges);
        return sum;
    }

    // By what each leg is worth after the distribution; where nothing has a price, by units.
    std::vector<std::int64_t> weigh() const {
        std::vector<std::int64_t> worth;
        std::vector<std::int64_t> units;
        for (const auto* leg : legs_) {
            Money amount;
            Quantity quantity;
            for (const auto& [parent_line, target] : leg->targets) {
                const auto still = still_carried(*leg, parent_line, target);
                amount += line_amount(still, prices_.at(parent_line), Money(), minor_digits_);
                quantity += still;
            }
            worth.push_back(amount.raw());
            units.push_back(quantity.raw());
        }
        const bool priced =
            std::any_of(worth.begin(), worth.end(), [](auto amount) { return amount > 0; });
        return priced ? worth : units;
    }

    static Quantity still_carried(const PlannedLeg& leg, std::int32_t parent_line,
                                  const LegTarget& target) {
        const auto* present = leg.line_of(parent_line);
        const auto cancelled = present == nullptr ? Quantity(0) : Quantity(present->cancelled);
        return target.quantity - target.called_off - cancelled;
    }

    DistributionPlan& plan_;
    int minor_digits_;
    std::vector<PlannedLeg*> legs_;         // those that change
    std::map<std::int32_t, Money> prices_;  // by line of the parent
};

}  // namespace

void deal_charges(DistributionPlan& plan) {
    Dealing(plan).run();
}

}  // namespace wharf::domain
