#include "host/domain/distribution_pegs.hpp"

#include <algorithm>

#include "host/domain/pegs.hpp"
#include "host/domain/released_pegs.hpp"

namespace wharf::domain {
namespace {

struct Room {
    SupplyLine supply;
    std::optional<Date> expected_on;
    Quantity left;
};

// What the legs for a place still have unpegged of the parent's line, earliest expected first.
std::vector<Room> room_at(Transaction& transaction, const DistributionPlan& plan,
                          const LocationCode& location, std::int32_t parent_line) {
    std::vector<Room> rooms;
    for (const auto& leg : plan.legs) {
        if (leg.location() != location) continue;
        for (const auto& line : leg.stored.order.lines) {
            if (line.parent_line != parent_line) continue;
            const auto supply = supply_of(leg.stored.order, line);
            const auto left = line.outstanding - pegged_on_supply(transaction, supply);
            if (left.positive()) rooms.push_back({supply, leg.stored.order.expected_on, left});
        }
    }
    std::stable_sort(rooms.begin(), rooms.end(), [](const Room& left, const Room& right) {
        if (!left.expected_on || !right.expected_on) return left.expected_on.has_value();
        return *left.expected_on < *right.expected_on;
    });
    return rooms;
}

}  // namespace

void LoosePegs::take(const SupplyLine& supply, std::int32_t parent_line, Count kept) {
    auto excess = pegged_on_supply(transaction_, supply) - kept;
    if (!excess.positive()) return;
    const auto pegs = pegs_on_supply(transaction_, supply);
    for (auto peg = pegs.rbegin(); peg != pegs.rend() && excess.positive(); ++peg) {
        const auto taken = std::min(excess, peg->quantity);
        reduce_peg(transaction_, *peg, taken);
        excess -= taken;
        auto loose = *peg;
        loose.quantity = taken;
        loose_[{peg->location, parent_line}].push_back(std::move(loose));
    }
}

void LoosePegs::deal(const DistributionPlan& plan) {
    for (auto& [place, pegs] : loose_) {
        auto rooms = room_at(transaction_, plan, place.first, place.second);
        auto room = rooms.begin();
        // They were taken last first.
        for (auto loose = pegs.rbegin(); loose != pegs.rend(); ++loose) {
            auto left = loose->quantity;
            for (; room != rooms.end() && left.positive();) {
                const auto tied = std::min(left, room->left);
                peg(transaction_, loose->order, loose->order_line, loose->sku, loose->location,
                    room->supply, tied);
                left -= tied;
                room->left -= tied;
                if (room->left.zero()) ++room;
            }
            if (left.positive()) remember_released_peg(transaction_, *loose, left);
        }
    }
}

}  // namespace wharf::domain
