#include "explanation.hpp"

#include <utility>

namespace backorder_po {

namespace {

EarlierPurchase terms_of(const LineExplanation& purchase) {
    EarlierPurchase terms;
    terms.rule = purchase.rule;
    terms.waiting = purchase.waiting;
    terms.pegged = purchase.pegged;
    terms.free_supply = purchase.free_supply;
    terms.net_need = purchase.net_need;
    terms.covers = purchase.covers;
    terms.raised_to_minimum = purchase.raised_to_minimum;
    terms.raised_to_multiple = purchase.raised_to_multiple;
    terms.cut_to_maximum = purchase.cut_to_maximum;
    terms.unit_price = purchase.unit_price;
    terms.surplus = purchase.surplus;
    return terms;
}

}  // namespace

LineExplanation joined(LineExplanation before, LineExplanation now) {
    now.earlier = std::move(before.earlier);
    now.earlier_left_out = before.earlier_left_out;
    now.earlier.push_back(terms_of(before));
    if (now.earlier.size() > kEarlierMax) {
        now.earlier.erase(now.earlier.begin());
        ++now.earlier_left_out;
    }
    return now;
}

}  // namespace backorder_po
