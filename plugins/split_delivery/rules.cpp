#include "rules.hpp"

#include <algorithm>
#include <set>

#include "apportion.hpp"

namespace split_delivery {

namespace {

// What a place needs of the product beyond what is there and coming from elsewhere: this order's
// own quantities are left out, they are what is being shared out.
class Needs {
public:
    Needs(wharf::Context& context, const OrderView& view) : context_(context), view_(view) {}

    // Locations that need something, by code.
    std::map<LocationCode, Quantity> of(const Sku& sku) {
        std::map<LocationCode, Quantity> needs;
        wharf::planning::Needs query;
        query.sku = sku;
        context_.each(query, [&](const wharf::planning::Need& need) {
            const auto own = own_supply(sku, need.location);
            const Quantity covered = need.pegged - own.pegged + need.sellable +
                                     need.open_purchase_orders - own.unpegged + need.in_transit +
                                     need.quality_check;
            const Quantity net = need.waiting - covered;
            if (net.positive()) needs[need.location] = net;
        });
        return needs;
    }

private:
    struct Own {
        Quantity pegged;
        Quantity unpegged;
    };

    Own own_supply(const Sku& sku, const LocationCode& location) const {
        Own own;
        const auto add = [&](const PurchaseOrder& order) {
            if (order.destination.value_or(order.ship_to) != location) return;
            for (const auto& line : order.lines) {
                if (line.sku != sku) continue;
                own.pegged += line.pegged;
                own.unpegged += line.outstanding - line.pegged;
            }
        };
        if (!view_.split()) add(view_.order);
        for (const auto& child : view_.children) add(child);
        return own;
    }

    wharf::Context& context_;
    const OrderView& view_;
};

bool same_place(const Place& place, const LegView& leg) {
    return place.location == leg.location && place.via == leg.via &&
           (!place.expected_on || place.expected_on == leg.expected_on);
}

void check_places(Rule rule, const std::vector<Place>& places) {
    SheetFaults faults;
    std::set<std::tuple<LocationCode, std::optional<LocationCode>, std::optional<Date>>> seen;
    Quantity weights;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const auto& place = places[i];
        const auto at = "/locations/" + std::to_string(i);
        if (!seen.emplace(place.location, place.via, place.expected_on).second) {
            faults.add(at, "location_twice", "\"" + place.location.text() + "\" is named twice");
        }
        if (rule == Rule::ratio && (!place.weight || place.weight->raw() < 0)) {
            faults.add(at + "/weight", "weight_required", "ratio takes a weight from 0 for each");
        } else if (rule != Rule::ratio && place.weight) {
            faults.add(at + "/weight", "weight_not_taken", "only the rule ratio takes weights");
        }
        if (place.weight) weights += Quantity(place.weight->raw());
    }
    if (places.empty() && rule != Rule::need) {
        faults.add("/locations", "required", "name the locations to share out to");
    } else if (rule == Rule::ratio && !weights.positive() && faults.empty()) {
        faults.add("/locations", "weight_required", "some weight is more than 0");
    }
    faults.refuse_if_any();
}

class Sharing {
public:
    Sharing(wharf::Context& context, const OrderView& view, Rule rule, std::vector<Place> places)
        : view_(view), rule_(rule), places_(std::move(places)), needs_(context, view) {
        find_all_ = places_.empty();
    }

    RuledRows run() {
        for (const auto& [sku, lines] : view_.lines) share(sku);
        return std::move(ruled_);
    }

private:
    // The places of this product: those that were named, or those that need it.
    std::vector<Place> places_for(const std::map<LocationCode, Quantity>& needs) const {
        if (!find_all_) return places_;
        std::vector<Place> places;
        for (const auto& [location, quantity] : needs) places.push_back({location, {}, {}, {}});
        if (places.empty()) places.push_back({view_.order.ship_to, {}, {}, {}});
        return places;
    }

    std::vector<Claim> claims_for(const std::vector<Place>& places,
                                  const std::map<LocationCode, Quantity>& needs,
                                  Shared& shared) const {
        std::vector<Claim> claims;
        std::int64_t weights = 0;
        std::set<LocationCode> counted;
        for (const auto& place : places) {
            std::int64_t weight = 1;
            if (rule_ == Rule::ratio) weight = place.weight->raw();
            if (rule_ == Rule::need) {
                // Several days or ways of one place have one need: the first is for it.
                const auto need = needs.find(place.location);
                const bool first = counted.insert(place.location).second;
                weight = need == needs.end() || !first ? 0 : need->second.raw();
            }
            weights += weight;
            claims.push_back({place.location, weight});
        }
        if (weights > 0) return claims;
        shared.note = "no location needs it: it stays where the order was raised";
        auto home = std::find_if(claims.begin(), claims.end(), [&](const Claim& claim) {
            return claim.location == view_.order.ship_to;
        });
        if (home == claims.end()) {
            home = claims.begin();
            shared.note = "no location needs it: it goes to the first one named";
        }
        home->weight = 1;
        return claims;
    }

    void share(const Sku& sku) {
        Shared shared;
        shared.sku = sku;
        const auto needs =
            rule_ == Rule::need ? needs_.of(sku) : std::map<LocationCode, Quantity>{};
        const auto places = places_for(needs);
        Quantity fixed;
        for (const auto& leg : view_.legs) fixed += view_.fixed_of(leg, sku);
        const auto total = view_.ordered_of(sku) - fixed;
        shared.fixed = fixed;
        shared.shared_out = total;
        const auto claims = claims_for(places, needs, shared);
        const auto parts = apportion(total.raw(), claims);
        std::set<DocumentNumber> done;
        for (std::size_t i = 0; i < places.size(); ++i) {
            auto quantity = Quantity(parts[i]);
            shared.parts.push_back(
                {places[i].location, weight_text(places[i], claims[i]), quantity});
            for (const auto& leg : view_.legs) {
                if (!same_place(places[i], leg) || !done.insert(leg.number).second) continue;
                quantity += view_.fixed_of(leg, sku);
            }
            add_row(sku, places[i], quantity, find_all_ ? std::nullopt : std::optional(i));
        }
        for (const auto& leg : view_.legs) {
            if (!done.contains(leg.number)) {
                add_row(sku, {leg.location, {}, leg.via, leg.expected_on}, view_.fixed_of(leg, sku),
                        std::nullopt);
            }
        }
        ruled_.explanation.push_back(std::move(shared));
    }

    std::string weight_text(const Place& place, const Claim& claim) const {
        return rule_ == Rule::ratio ? place.weight->text() : std::to_string(claim.weight);
    }

    // A row of a place that was named bears its number.
    void add_row(const Sku& sku, const Place& place, Quantity quantity,
                 std::optional<std::size_t> index) {
        if (!quantity.positive()) return;
        auto& rows = ruled_.rows;
        const auto same = std::find_if(rows.begin(), rows.end(), [&](const SheetRow& row) {
            return row.row.sku == sku && row.row.location == place.location &&
                   row.row.via == place.via && row.row.expected_on == place.expected_on;
        });
        if (same != rows.end()) {
            same->row.quantity += quantity;
            return;
        }
        const auto number = static_cast<std::int64_t>(index.value_or(rows.size())) + 1;
        rows.push_back({number,
                        index ? "/locations/" + std::to_string(*index) : "/locations",
                        {sku, place.location, quantity, place.via, place.expected_on, {}},
                        index ? "location" : "row"});
    }

    const OrderView& view_;
    Rule rule_;
    std::vector<Place> places_;
    bool find_all_ = false;
    Needs needs_;
    RuledRows ruled_;
};

}  // namespace

RuledRows rows_by_rule(wharf::Context& context, const OrderView& view, Rule rule,
                       const std::optional<std::vector<Place>>& places) {
    check_places(rule, places.value_or(std::vector<Place>{}));
    return Sharing(context, view, rule, places.value_or(std::vector<Place>{})).run();
}

}  // namespace split_delivery
