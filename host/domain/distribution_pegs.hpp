// Pegs follow the goods: what a supply line can no longer carry goes to another leg for the same
// place, earliest expected first; what finds none is need again.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "host/domain/distribution_plan.hpp"

namespace wharf::domain {

class LoosePegs {
public:
    explicit LoosePegs(Transaction& transaction) : transaction_(transaction) {}

    // Takes off the supply line what it has pegged beyond `kept`, last in allocation order first.
    void take(const SupplyLine& supply, std::int32_t parent_line, Count kept);
    // Ties them to the legs; remembers what was released.
    void deal(const DistributionPlan& plan);

private:
    using Place = std::pair<LocationCode, std::int32_t>;  // where, and the line of the parent

    Transaction& transaction_;
    std::map<Place, std::vector<Peg>> loose_;
};

}  // namespace wharf::domain
