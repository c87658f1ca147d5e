#include "consolidation.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "refused.hpp"

namespace backorder_po {

namespace {

// The request and the name are split_delivery's.
constexpr const char* kGroup = "split_delivery.group";
// What one order is split over at most; a further place begins the next one.
constexpr std::size_t kPlacesMax = 100;

struct GroupRequest {
    std::optional<DocumentNumber> parent;
    std::vector<DocumentNumber> purchase_orders;
};
BOOST_DESCRIBE_STRUCT(GroupRequest, (), (parent, purchase_orders))

// Drafts of one vendor and window: the parent that has room, and orders of one place each.
struct Window {
    std::optional<DocumentNumber> parent;
    std::size_t places = 0;  // of the parent
    std::vector<DocumentNumber> single;
};

// What goes together: the first fill up the parent that is there. One place alone needs none.
std::vector<GroupRequest> groups_of(const Window& window) {
    std::vector<GroupRequest> groups;
    std::optional<DocumentNumber> parent = window.parent;
    auto room = kPlacesMax - window.places;
    for (auto next = window.single.begin(); next != window.single.end();) {
        const auto left = static_cast<std::size_t>(window.single.end() - next);
        const auto end = next + static_cast<std::ptrdiff_t>(std::min(room, left));
        if (parent || end - next > 1) groups.push_back({parent, {next, end}});
        next = end;
        parent.reset();
        room = kPlacesMax;
    }
    return groups;
}

std::map<std::int64_t, Window> windows_of(wharf::Context& context, const Settings& settings,
                                          const VendorCode& vendor) {
    std::map<std::int64_t, Window> windows;
    wharf::purchasing::ListOrders query;
    query.status = wharf::PurchaseOrderStatus::draft;
    query.vendor = vendor;
    query.source = wharf::Name("backorder_po");
    context.each(query, [&](const wharf::PurchaseOrder& order) {
        if (!order.expected_on || order.parent) return;
        auto& window = windows[delivery_window(settings, *order.expected_on)];
        if (order.legs.empty()) {
            window.single.push_back(order.number);
        } else if (!window.parent && order.legs.size() < kPlacesMax) {
            window.parent = order.number;
            window.places = order.legs.size();
        }
    });
    return windows;
}

// Not installed, or not on.
bool is_off(const wharf::Refusal& refusal) {
    return refusal.kind() == wharf::RefusalKind::plugin_off ||
           refusal.kind() == wharf::RefusalKind::not_found;
}

// What cannot be put together stays as it is: orders of one place each.
void put_together(wharf::Context& context, const GroupRequest& group, Consolidated& made) {
    try {
        auto parent = context.call<wharf::PurchaseOrder>(kGroup, group);
        for (const auto& leg : parent.legs) made.legs.insert(leg.number);
        if (!group.parent) made.parents.push_back(std::move(parent));
    } catch (const wharf::Refusal& refusal) {
        if (!concerns_one(refusal)) throw;
        context.log(wharf::LogLevel::info, "not put under one parent: " + refusal.detail());
    }
}

}  // namespace

std::int64_t delivery_window(const Settings& settings, wharf::Date expected_on) {
    return expected_on.raw() / std::max<std::int64_t>(*settings.delivery_window_days, 1);
}

Consolidated consolidate(wharf::Context& context, const Settings& settings,
                         const std::set<VendorCode>& vendors) {
    Consolidated made;
    if (settings.consolidate != Consolidate::vendor) return made;
    try {
        for (const auto& vendor : vendors) {
            for (const auto& [day, window] : windows_of(context, settings, vendor)) {
                for (const auto& group : groups_of(window)) put_together(context, group, made);
            }
        }
    } catch (const wharf::Refusal& refusal) {
        // As many orders as there are places.
        if (!is_off(refusal)) throw;
    }
    return made;
}

}  // namespace backorder_po
