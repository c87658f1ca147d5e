#include "planner.hpp"

#include <algorithm>
#include <utility>

#include "refused.hpp"

namespace backorder_po {

namespace {

std::string unfit_reason(const wharf::VendorItem& item, const wharf::Vendor& vendor,
                         wharf::Date today) {
    if (!vendor.active) return "inactive";
    if (vendor.hold) return "on_hold";
    if (item.valid_from && *item.valid_from > today) return "not_yet_valid";
    if (item.valid_to && *item.valid_to < today) return "no_longer_valid";
    return {};
}

}  // namespace

const wharf::Vendor& Planner::vendor(const VendorCode& code) {
    const auto known = vendors_.find(code);
    if (known != vendors_.end()) return known->second;
    wharf::catalog::GetVendor query;
    query.code = code;
    return vendors_.emplace(code, context_.call(query)).first->second;
}

const std::vector<Planner::Source>& Planner::sources(const Sku& sku) {
    const auto known = sources_.find(sku);
    if (known != sources_.end()) return known->second;
    std::vector<Source> found;
    wharf::catalog::ListVendorItems query;
    query.sku = sku;
    context_.each(query, [&](const wharf::VendorItem& item) {
        const auto& seller = vendor(item.vendor);
        found.push_back({{item, item.lead_time_days.value_or(seller.lead_time_days), {}},
                         unfit_reason(item, seller, context_.today())});
    });
    return sources_.emplace(sku, std::move(found)).first->second;
}

const std::vector<Elsewhere>& Planner::free_elsewhere(const Sku& sku,
                                                      const LocationCode& location) {
    const auto known = elsewhere_.find({sku, location});
    if (known != elsewhere_.end()) return known->second;
    std::map<LocationCode, Quantity> sums;
    wharf::inventory::Levels query;
    query.sku = sku;
    context_.each(query, [&](const wharf::StockItem& item) {
        if (item.location != location && item.available.positive()) {
            sums[item.location] += item.available;
        }
    });
    std::vector<Elsewhere> found;
    for (const auto& [place, quantity] : sums) found.push_back({place, quantity});
    return elsewhere_.emplace(std::pair(sku, location), std::move(found)).first->second;
}

// In serial mode 1 an order names its serials, and only a person knows them.
bool Planner::serials_must_be_named(const Sku& sku) {
    if (context_.account().serial_mode != 1) return false;
    wharf::catalog::GetProduct query;
    query.sku = sku;
    return context_.call(query).tracking == wharf::Tracking::serial;
}

std::vector<Exception> Planner::exceptions() const {
    auto all = exceptions_;
    all.insert(all.end(), book_.left_out().begin(), book_.left_out().end());
    return all;
}

void Planner::raise(const Terms& terms, Requirement& requirement, const std::string& code,
                    Quantity quantity, std::string reason) {
    requirement.exception = code;
    for (auto& exception : exceptions_) {
        if (exception.code == code && exception.sku == terms.sku &&
            exception.location == terms.location) {
            exception.quantity += quantity;
            return;
        }
    }
    exceptions_.push_back(
        {code, terms.sku, terms.location, quantity, std::move(reason), {}, context_.now()});
}

LineExplanation Planner::explain(const Terms& terms, const Purchase& purchase,
                                 const std::vector<Lost>& lost) {
    return {boost::describe::enum_to_string(*settings_.vendor_rule, "unknown"),
            terms.waiting,
            terms.pegged,
            terms.free,
            terms.net_need,
            purchase.covers,
            purchase.item.vendor,
            purchase.item.minimum_quantity,
            purchase.item.multiple,
            purchase.raised_to_minimum,
            purchase.raised_to_multiple,
            purchase.cut_to_maximum,
            purchase.unit_price,
            purchase.quantity - purchase.covers,
            lost,
            free_elsewhere(terms.sku, terms.location),
            {},
            0};
}

void Planner::plan_share(const Terms& terms, const Share& share, Requirement& requirement) {
    std::vector<Candidate> candidates;
    std::vector<Lost> lost;
    bool refused = false;
    for (const auto& source : sources(terms.sku)) {
        auto candidate = source.candidate;
        const auto& code = candidate.item.vendor;
        if (!source.unfit.empty()) {
            lost.push_back({code, source.unfit, {}});
        } else if (share.passed_over.contains(code)) {
            refused = true;
            lost.push_back({code, "refused", {}});
        } else {
            candidate.on_draft = book_.on_draft(
                code, terms.location, context_.today().plus_days(candidate.lead_time_days),
                share.order, terms.sku);
            candidates.push_back(std::move(candidate));
        }
    }
    if (candidates.empty()) {
        raise(terms, requirement, refused ? "vendor_refused" : "no_vendor", share.quantity,
              refused ? "every vendor of this product has refused these order lines"
                      : "no active vendor sells this product today");
        return;
    }
    const auto choice = choose(std::move(candidates), share.quantity, settings_.vendor_rule,
                               settings_.below_minimum);
    lost.insert(lost.end(), choice.lost.begin(), choice.lost.end());
    auto rest = share;
    for (const auto& purchase : choice.purchases) {
        Decided decided{purchase,       terms.sku,
                        terms.location, context_.today().plus_days(purchase.lead_time_days),
                        rest,           explain(terms, purchase, lost)};
        book_.add(decided);
        // The lines that this purchase covers are not for the next vendor.
        auto covered = purchase.covers;
        for (auto& line : rest.lines) {
            const auto part = std::min(covered, line.quantity);
            line.quantity -= part;
            covered -= part;
        }
        std::erase_if(rest.lines,
                      [](const Share::Line& line) { return !line.quantity.positive(); });
        if (!requirement.vendor) requirement.vendor = purchase.item.vendor;
        requirement.quantity_to_purchase += purchase.quantity;
        requirement.surplus += purchase.quantity - purchase.covers;
        requirement.purchases.push_back(
            {purchase.item.vendor, purchase.quantity, purchase.unit_price, decided.expected_on});
    }
    if (choice.uncovered.positive()) {
        raise(terms, requirement, choice.maximum_reached ? "maximum_reached" : "below_minimum",
              choice.uncovered,
              choice.maximum_reached ? "the vendors' maximum quantities do not cover the need"
                                     : "the need is below every vendor's minimum");
    }
}

void Planner::plan_shares(const Terms& terms, const std::vector<Share>& shares,
                          Requirement& requirement) {
    try {
        for (const auto& share : shares) plan_share(terms, share, requirement);
    } catch (const wharf::Refusal& refusal) {
        // An amount that nobody can keep is a matter of this need alone.
        if (!concerns_one(refusal)) throw;
        raise(terms, requirement, refusal.code(), terms.net_need, refusal.detail());
    }
}

Requirement Planner::plan(const wharf::planning::Need& need, const Marks& marks, AskedBy asked_by) {
    const auto terms = terms_of(need, settings_);
    Requirement requirement;
    requirement.sku = terms.sku;
    requirement.location = terms.location;
    requirement.waiting = terms.waiting;
    requirement.pegged = terms.pegged;
    requirement.free_supply = terms.free;
    requirement.net_need = terms.net_need;
    if (!terms.net_need.positive()) return requirement;
    if (terms.discontinued) {
        raise(terms, requirement, "discontinued", terms.net_need,
              "the product is discontinued or inactive");
        return requirement;
    }
    if (serials_must_be_named(terms.sku)) {
        raise(terms, requirement, "serials_required", terms.net_need,
              "an order of this product names its serials: a person makes it");
        return requirement;
    }
    plan_shares(terms, shares_of(context_, settings_, terms, marks, asked_by), requirement);
    return requirement;
}

}  // namespace backorder_po
