#include "exceptions.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "sight.hpp"
#include "surplus.hpp"

namespace backorder_po {

namespace {

constexpr const char* kExceptions = "exceptions";
wharf::Find scope(const std::optional<Sku>& sku, const std::optional<LocationCode>& location) {
    wharf::Find search(sku ? "sku_location" : "");
    if (sku) search.equals(*sku);
    if (sku && location) search.equals(*location);
    return search;
}

std::map<std::string, Exception> open_in(wharf::Context& context, const std::optional<Sku>& sku,
                                         const std::optional<LocationCode>& location) {
    std::map<std::string, Exception> open;
    context.collection<Exception>(kExceptions)
        .each(scope(sku, location), [&](const wharf::Stored<Exception>& stored) {
            const auto& place = stored.document.location;
            if ((!location || place == *location) && sees(context.principal(), place)) {
                open.emplace(stored.id, stored.document);
            }
        });
    return open;
}

// One of each, with all that several purchases found; no more than a document can say.
std::map<std::string, Exception> merged(const std::vector<Exception>& found) {
    std::map<std::string, Exception> one_of_each;
    for (const auto& exception : found) {
        const auto [known, fresh] = one_of_each.try_emplace(exception.id(), exception);
        if (!fresh) known->second.quantity += exception.quantity;
    }
    for (auto& [id, exception] : one_of_each) {
        exception.quantity = std::min(exception.quantity, Quantity(wharf::kQuantityMax));
    }
    return one_of_each;
}

}  // namespace

void settle_exceptions(wharf::Context& context, const std::optional<Sku>& sku,
                       const std::optional<LocationCode>& location,
                       const std::vector<Exception>& found) {
    const auto collection = context.collection<Exception>(kExceptions);
    auto open = open_in(context, sku, location);
    for (const auto& [id, exception] : merged(found)) {
        const auto known = open.find(id);
        if (known == open.end()) {
            collection.put(exception, id);
            context.record<ExceptionRaised>(exception, exception.purchase_order);
            continue;
        }
        if (known->second.quantity != exception.quantity) {
            auto changed = exception;
            changed.since = known->second.since;
            collection.put(changed, id);
        }
        open.erase(known);
    }
    for (const auto& [id, exception] : open) collection.remove(id);
}

void settle_surplus(wharf::Context& context, const Settings& settings,
                    const wharf::PurchaseOrder& order) {
    const bool unsent = order.status == wharf::PurchaseOrderStatus::draft ||
                        order.status == wharf::PurchaseOrderStatus::waiting_for_approval;
    if (unsent || order.source.view() != "backorder_po") return;
    const auto collection = context.collection<Exception>(kExceptions);
    std::map<std::string, Exception> open;
    for (const auto& line : order.lines) {
        const auto id = surplus_of(order, line.sku).id();
        if (open.contains(id)) continue;
        if (auto stored = collection.get(id)) open.emplace(id, std::move(stored->document));
    }
    SurplusCheck check(context, settings);
    for (auto& [id, exception] : open) {
        const auto before = exception.quantity;
        if (!check.holds(exception)) {
            collection.remove(id);
        } else if (exception.quantity != before) {
            collection.put(exception, id);
        }
    }
}

std::vector<Exception> open_exceptions(wharf::Context& context) {
    std::vector<Exception> open;
    for (auto& [id, exception] : open_in(context, {}, {})) open.push_back(std::move(exception));
    return open;
}

std::vector<Exception> open_surplus(wharf::Context& context, const std::optional<Sku>& sku,
                                    const std::optional<LocationCode>& location) {
    std::vector<Exception> open;
    for (auto& [id, exception] : open_in(context, sku, location)) {
        if (is_surplus(exception)) open.push_back(std::move(exception));
    }
    return open;
}

wharf::Page<Exception> list_exceptions(wharf::Context& context, const ExceptionsQuery& query) {
    refuse_vendors(context.principal());
    const auto collection = context.collection<Exception>(kExceptions);
    wharf::Page<Exception> reply;
    reply.next = query.after;
    std::int32_t room = query.limit;
    do {  // a page is filled although some are not for this key
        auto page = collection.find(wharf::Find().limit(room).after(std::move(reply.next)));
        for (auto& stored : page.items) {
            if (!sees(context.principal(), stored.document.location)) continue;
            reply.items.push_back(std::move(stored.document));
            --room;
        }
        reply.next = std::move(page.next);
    } while (room > 0 && reply.next);
    return reply;
}

}  // namespace backorder_po
