#include "demand.hpp"

#include <algorithm>

#include "sight.hpp"

namespace backorder_po {

namespace {

constexpr const char* kMarks = "marks";

Quantity at_least_zero(Quantity quantity) {
    return std::max(quantity, Quantity(0));
}

}  // namespace

Terms terms_of(const wharf::planning::Need& need, const Settings& settings) {
    Terms terms{need.sku, need.location, need.waiting, need.pegged, {}, {}, need.discontinued};
    if (settings.count_sellable) terms.free.sellable = need.sellable;
    if (settings.count_open_purchase_orders) {
        terms.free.open_purchase_orders = need.open_purchase_orders;
    }
    if (settings.count_in_transit) terms.free.in_transit = need.in_transit;
    if (settings.count_quality_check) terms.free.quality_check = need.quality_check;
    terms.free.expected_returns =
        settings.expected_returns_percent->floor_of(need.expected_returns);
    terms.net_need = at_least_zero(need.waiting - need.pegged - terms.free.total());
    return terms;
}

std::optional<wharf::Instant> horizon(const wharf::Context& context, const Settings& settings) {
    if (!settings.horizon_days) return std::nullopt;
    return context.now().plus_micros(*settings.horizon_days * wharf::Instant::kDay);
}

Marks::Marks(wharf::Context& context) {
    context.collection<Mark>(kMarks).each(wharf::Find(),
                                          [&](const auto& stored) { take(stored.document); });
}

Marks::Marks(wharf::Context& context, const Sku& sku, const LocationCode& location) {
    context.collection<Mark>(kMarks).each(wharf::Find("sku_location").equals(sku).equals(location),
                                          [&](const auto& stored) { take(stored.document); });
}

void Marks::take(const Mark& mark) {
    concerned_.emplace(mark.sku, mark.location);
    if (mark.vendor) {
        vendors_[{mark.order, mark.line}].insert(*mark.vendor);
    } else {
        withheld_.emplace(mark.order, mark.line);
    }
}

bool Marks::concern(const Sku& sku, const LocationCode& location) const {
    return concerned_.contains({sku, location});
}

std::set<VendorCode> Marks::passed_over(const DocumentNumber& order, std::int32_t line) const {
    const auto found = vendors_.find({order, line});
    return found == vendors_.end() ? std::set<VendorCode>{} : found->second;
}

bool Marks::withheld(const DocumentNumber& order, std::int32_t line) const {
    return withheld_.contains({order, line});
}

std::vector<Share> shares_of(wharf::Context& context, const Settings& settings, const Terms& terms,
                             const Marks& marks, AskedBy asked_by) {
    if (!terms.net_need.positive()) return {};
    const bool by_order = settings.consolidate == Consolidate::order;
    if (!by_order && !marks.concern(terms.sku, terms.location))
        return {{terms.net_need, {}, {}, {}}};

    // Line by line, in allocation order: free supply serves the first, the rest is bought.
    std::vector<Share> shares;
    auto free = terms.free.total();
    wharf::planning::WaitingLines query;
    query.sku = terms.sku;
    query.location = terms.location;
    query.due_before = horizon(context, settings);
    context.each(query, [&](const wharf::planning::WaitingLine& line) {
        auto need = at_least_zero(line.waiting - line.pegged);
        const auto served = std::min(need, free);
        free -= served;
        need -= served;
        if (!need.positive()) return;
        if (asked_by == AskedBy::reaction && marks.withheld(line.order, line.line)) return;
        const auto passed_over = marks.passed_over(line.order, line.line);
        const auto order = by_order ? std::optional(line.order) : std::nullopt;
        auto share = std::find_if(shares.begin(), shares.end(), [&](const Share& candidate) {
            return candidate.order == order && candidate.passed_over == passed_over;
        });
        if (share == shares.end())
            share = shares.insert(shares.end(), {{}, order, passed_over, {}});
        share->quantity += need;
        share->lines.push_back({line.order, line.line, need});
    });
    return shares;
}

void mark_released(wharf::Context& context, const wharf::PurchaseOrder& order, wharf::Instant at,
                   bool vendor_refused) {
    const auto marks = context.collection<Mark>(kMarks);
    wharf::planning::ReleasedPegs query;
    query.supply = order.number;
    query.since = at;
    context.each(query, [&](const wharf::planning::ReleasedPeg& peg) {
        if (peg.at != at || peg.by_plugin == "backorder_po") return;
        Mark mark{peg.order, peg.order_line, peg.sku, peg.location, std::nullopt};
        marks.put(mark, mark.id());
        if (!vendor_refused) return;
        mark.vendor = order.vendor;
        marks.put(mark, mark.id());
    });
}

void clear_withheld(wharf::Context& context, const std::optional<Sku>& sku,
                    const std::optional<LocationCode>& location) {
    const auto marks = context.collection<Mark>(kMarks);
    std::vector<std::string> gone;
    marks.each(wharf::Find(), [&](const wharf::Stored<Mark>& stored) {
        const auto& mark = stored.document;
        const bool in_scope =
            (!sku || mark.sku == *sku) && (!location || mark.location == *location);
        if (!mark.vendor && in_scope && sees(context.principal(), mark.location)) {
            gone.push_back(stored.id);
        }
    });
    for (const auto& id : gone) marks.remove(id);
}

void forget_order(wharf::Context& context, const DocumentNumber& order) {
    const auto marks = context.collection<Mark>(kMarks);
    std::vector<std::string> gone;
    marks.each(wharf::Find("order").equals(order),
               [&](const wharf::Stored<Mark>& stored) { gone.push_back(stored.id); });
    for (const auto& id : gone) marks.remove(id);
}

}  // namespace backorder_po
