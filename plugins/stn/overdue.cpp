#include "overdue.hpp"

#include <set>
#include <string>

namespace stn {

void tell_overdue(wharf::Context& context) {
    const auto told = context.collection<Told>("overdue");
    std::set<std::string> settled;
    told.each({}, [&](const wharf::Stored<Told>& stored) { settled.insert(stored.id); });
    wharf::transfers::ListDifferences query;
    query.overdue = true;
    context.each(query, [&](const wharf::OpenDifference& difference) {
        const auto id = difference.transfer.text() + "/" + std::to_string(difference.difference);
        if (settled.erase(id) > 0) return;
        told.put({difference.transfer, difference.difference, context.now()}, id);
        context.record<DifferenceOverdue>(difference, difference.transfer);
    });
    // What is left was resolved meanwhile.
    for (const auto& id : settled) told.remove(id);
}

}  // namespace stn
