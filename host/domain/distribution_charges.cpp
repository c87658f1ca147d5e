// The charges of a distributed order: each leg bears its part.
#include <algorithm>

#include "host/domain/distribution_plan.hpp"
#include "host/domain/gst/share_out.hpp"
#include "host/domain/money_rules.hpp"

namespace wharf::domain {
namespace {

bool same_charges(const std::vector<Charge>& a, const std::vector<Charge>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Charge& x, const Charge& y) {
        return x.name == y.name && x.amount == y.amount && *x.before_tax == *y.before_tax;
    });
}

class Dealing {
public:
    explicit Dealing(DistributionPlan& plan)
        : plan_(plan), minor_digits_(minor_digits(plan.parent.order.currency.view())) {}

    void run() {
        if (plan_.first) {
            loose_ = plan_.parent.order.charges;
        } else {
            for (const auto& leg : plan_.legs) {
                if (may_change(leg)) collect(leg.stored.order.charges);
            }
        }
        std::vector<PlannedLeg*> legs;
        std::vector<std::int64_t> worth;
        for (auto& leg : plan_.legs) {
            if (!may_change(leg)) continue;
            legs.push_back(&leg);
            worth.push_back(worth_of(leg));
        }
        if (legs.empty()) return;
        std::vector<std::vector<Charge>> dealt(legs.size());
        for (const auto& charge : loose_) deal(charge, worth, dealt);
        for (std::size_t i = 0; i < legs.size(); ++i) give(*legs[i], std::move(dealt[i]));
    }

private:
    static bool may_change(const PlannedLeg& leg) { return leg.fresh || may_be_redistributed(leg); }

    void collect(const std::vector<Charge>& charges) {
        for (const auto& charge : charges) {
            const auto same = std::find_if(loose_.begin(), loose_.end(), [&](const Charge& known) {
                return known.name == charge.name && *known.before_tax == *charge.before_tax;
            });
            if (same == loose_.end()) {
                loose_.push_back(charge);
            } else {
                same->amount += charge.amount;
            }
        }
    }

    // Of what the leg carries when the distribution is done.
    std::int64_t worth_of(const PlannedLeg& leg) const {
        Money worth;
        for (const auto& [parent_line, target] : leg.targets) {
            const auto ordered =
                std::find_if(plan_.lines.begin(), plan_.lines.end(),
                             [&](const ParentLine& line) { return line.line == parent_line; });
            if (ordered == plan_.lines.end()) continue;
            auto still = target.quantity - target.called_off;
            if (const auto* present = leg.line_of(parent_line)) still = still - present->cancelled;
            worth += line_amount(still, ordered->unit_price, Money(), minor_digits_);
        }
        return worth.raw();
    }

    void deal(const Charge& charge, const std::vector<std::int64_t>& worth,
              std::vector<std::vector<Charge>>& dealt) const {
        const auto shares = share_out(charge.amount, worth, minor_step(minor_digits_));
        for (std::size_t i = 0; i < shares.size(); ++i) {
            if (shares[i] == Money()) continue;
            dealt[i].push_back({charge.name, shares[i], *charge.before_tax});
        }
    }

    static void give(PlannedLeg& leg, std::vector<Charge> charges) {
        auto& order = leg.stored.order;
        if (same_charges(order.charges, charges)) return;
        order.charges = std::move(charges);
        leg.changed = true;
    }

    DistributionPlan& plan_;
    int minor_digits_;
    std::vector<Charge> loose_;  // what there is to deal out
};

}  // namespace

void deal_charges(DistributionPlan& plan) {
    Dealing(plan).run();
}

}  // namespace wharf::domain
