#include "vendor_choice.hpp"

#include <algorithm>
#include <utility>

namespace backorder_po {

using wharf::Int128;
using wharf::Money;
using wharf::Quantity;

namespace {

Quantity round_up(Quantity quantity, Quantity multiple) {
    const auto step = std::max<std::int64_t>(multiple.raw(), 1);
    return Quantity((quantity.raw() + step - 1) / step * step);
}

Quantity round_down(Quantity quantity, Quantity multiple) {
    const auto step = std::max<std::int64_t>(multiple.raw(), 1);
    return Quantity(quantity.raw() / step * step);
}

// What has to be paid for what this purchase adds, without tax, surplus counted.
Money to_pay(const Purchase& purchase) {
    return purchase.unit_price * purchase.quantity;
}

// True when `a` is asked before `b`.
bool before(const Purchase& a, const Purchase& b, VendorRule rule) {
    if (rule == VendorRule::cheapest) {
        // Money for each unit of the need that is covered, compared without dividing.
        const Int128 left = Int128{to_pay(a).raw()} * b.covers.raw();
        const Int128 right = Int128{to_pay(b).raw()} * a.covers.raw();
        if (left != right) return left < right;
    }
    if (rule == VendorRule::fastest && a.lead_time_days != b.lead_time_days) {
        return a.lead_time_days < b.lead_time_days;
    }
    if (a.item.priority != b.item.priority) return a.item.priority < b.item.priority;
    return a.item.vendor < b.item.vendor;
}

bool would_pass_maximum(const Candidate& candidate, Quantity need) {
    const auto& maximum = candidate.item.maximum_quantity;
    return maximum && candidate.on_draft + need > *maximum;
}

std::string lost_reason(const Purchase& loser, const Purchase& winner, VendorRule rule) {
    if (rule == VendorRule::cheapest && to_pay(loser) != to_pay(winner)) return "dearer";
    if (rule == VendorRule::fastest && loser.lead_time_days != winner.lead_time_days)
        return "slower";
    if (loser.item.priority != winner.item.priority) return "lower_priority";
    return "later_code";
}

}  // namespace

Money price_at(const wharf::VendorItem& item, Quantity quantity) {
    Money price = item.price;
    Quantity reached;
    for (const auto& step : item.price_breaks) {
        if (step.from_quantity <= quantity && step.from_quantity >= reached) {
            price = step.price;
            reached = step.from_quantity;
        }
    }
    return price;
}

std::optional<Purchase> offer(const Candidate& candidate, Quantity need, BelowMinimum below) {
    const auto& item = candidate.item;
    Purchase purchase{item, candidate.lead_time_days, {}, candidate.on_draft + need, {}, need};
    if (purchase.line_quantity < item.minimum_quantity) {
        if (below == BelowMinimum::pass_over) return std::nullopt;
        purchase.line_quantity = item.minimum_quantity;
        purchase.raised_to_minimum = true;
    }
    const auto whole = round_up(purchase.line_quantity, item.multiple);
    purchase.raised_to_multiple = whole != purchase.line_quantity;
    purchase.line_quantity = whole;
    if (item.maximum_quantity && purchase.line_quantity > *item.maximum_quantity) {
        purchase.line_quantity = round_down(*item.maximum_quantity, item.multiple);
        purchase.cut_to_maximum = true;
        if (purchase.line_quantity < item.minimum_quantity) return std::nullopt;
    }
    purchase.quantity = purchase.line_quantity - candidate.on_draft;
    if (!purchase.quantity.positive()) return std::nullopt;
    purchase.covers = std::min(need, purchase.quantity);
    purchase.unit_price = price_at(item, purchase.line_quantity);
    return purchase;
}

Choice choose(std::vector<Candidate> candidates, Quantity need, VendorRule rule,
              BelowMinimum below) {
    Choice choice;
    while (need.positive() && !candidates.empty()) {
        std::vector<std::pair<std::size_t, Purchase>> offers;
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            if (auto purchase = offer(candidates[i], need, below)) {
                offers.emplace_back(i, std::move(*purchase));
            }
        }
        if (offers.empty()) break;
        const auto best = std::min_element(
            offers.begin(), offers.end(),
            [&](const auto& a, const auto& b) { return before(a.second, b.second, rule); });
        if (choice.purchases.empty()) {
            for (const auto& [index, purchase] : offers) {
                if (index == best->first) continue;
                choice.lost.push_back({purchase.item.vendor,
                                       lost_reason(purchase, best->second, rule),
                                       to_pay(purchase)});
            }
        }
        need -= best->second.covers;
        candidates.erase(candidates.begin() + static_cast<std::ptrdiff_t>(best->first));
        choice.purchases.push_back(std::move(best->second));
    }
    // A vendor that took what the first could not is no loser.
    std::erase_if(choice.lost, [&](const Lost& lost) {
        return std::any_of(choice.purchases.begin(), choice.purchases.end(),
                           [&](const Purchase& taken) { return taken.item.vendor == lost.vendor; });
    });
    for (const auto& candidate : candidates) {
        const bool named =
            std::any_of(choice.lost.begin(), choice.lost.end(),
                        [&](const Lost& lost) { return lost.vendor == candidate.item.vendor; });
        if (!named) {
            choice.lost.push_back(
                {candidate.item.vendor,
                 need.positive() || choice.purchases.empty() ? "cannot_supply" : "not_needed",
                 std::nullopt});
        }
    }
    choice.uncovered = need;
    choice.maximum_reached =
        need.positive() &&
        (!choice.purchases.empty() ||
         std::any_of(candidates.begin(), candidates.end(), [&](const Candidate& candidate) {
             return would_pass_maximum(candidate, need);
         }));
    return choice;
}

}  // namespace backorder_po
