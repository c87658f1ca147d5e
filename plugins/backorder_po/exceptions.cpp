#include "exceptions.hpp"

#include <algorithm>
#include <map>
#include <utility>

namespace backorder_po {

namespace {

constexpr const char* kExceptions = "exceptions";
constexpr const char* kSurplus = "surplus_on_approved";

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
            if (!location || stored.document.location == *location) {
                open.emplace(stored.id, stored.document);
            }
        });
    return open;
}

}  // namespace

void settle_exceptions(wharf::Context& context, const std::optional<Sku>& sku,
                       const std::optional<LocationCode>& location,
                       const std::vector<Exception>& found) {
    const auto collection = context.collection<Exception>(kExceptions);
    auto open = open_in(context, sku, location);
    for (const auto& exception : found) {
        const auto id = exception.id();
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

void clear_need_exceptions(wharf::Context& context, const Sku& sku, const LocationCode& location) {
    const auto collection = context.collection<Exception>(kExceptions);
    for (const auto& [id, exception] : open_in(context, sku, location)) {
        if (exception.code != kSurplus) collection.remove(id);
    }
}

std::vector<Exception> open_exceptions(wharf::Context& context) {
    std::vector<Exception> open;
    for (auto& [id, exception] : open_in(context, {}, {})) open.push_back(std::move(exception));
    return open;
}

wharf::Page<Exception> list_exceptions(wharf::Context& context, const ExceptionsQuery& query) {
    auto page = context.collection<Exception>(kExceptions)
                    .find(wharf::Find().limit(query.limit).after(query.after));
    wharf::Page<Exception> reply;
    for (auto& stored : page.items) reply.items.push_back(std::move(stored.document));
    reply.next = std::move(page.next);
    return reply;
}

}  // namespace backorder_po
