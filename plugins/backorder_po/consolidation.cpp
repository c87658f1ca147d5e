#include "consolidation.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace backorder_po {

namespace {

// The request and the name are split_delivery's.
constexpr const char* kGroup = "split_delivery.group";

struct GroupRequest {
    std::optional<DocumentNumber> parent;
    std::vector<DocumentNumber> purchase_orders;
};
BOOST_DESCRIBE_STRUCT(GroupRequest, (), (parent, purchase_orders))

// Drafts of one vendor and window.
struct Window {
    std::optional<DocumentNumber> parent;
    std::vector<DocumentNumber> single;

    [[nodiscard]] bool wants_parent() const {
        return !single.empty() && (parent || single.size() > 1);
    }
};

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
        } else if (!window.parent) {
            window.parent = order.number;
        }
    });
    return windows;
}

}  // namespace

std::int64_t delivery_window(const Settings& settings, wharf::Date expected_on) {
    return expected_on.raw() / std::max<std::int64_t>(*settings.delivery_window_days, 1);
}

Consolidated consolidate(wharf::Context& context, const Settings& settings,
                         const std::set<VendorCode>& vendors) {
    Consolidated made;
    if (settings.consolidate != Consolidate::vendor) return made;
    for (const auto& vendor : vendors) {
        for (const auto& [day, window] : windows_of(context, settings, vendor)) {
            if (!window.wants_parent()) continue;
            try {
                auto parent = context.call<wharf::PurchaseOrder>(
                    kGroup, GroupRequest{window.parent, window.single});
                for (const auto& leg : parent.legs) made.legs.insert(leg.number);
                if (!window.parent) made.parents.push_back(std::move(parent));
            } catch (const wharf::Refusal& refusal) {
                // Not installed, or not on: as many orders as there are places.
                const bool off = refusal.kind() == wharf::RefusalKind::plugin_off ||
                                 refusal.kind() == wharf::RefusalKind::not_found;
                if (!off) throw;
                return made;
            }
        }
    }
    return made;
}

}  // namespace backorder_po
