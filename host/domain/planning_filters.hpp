// What every planning operation checks or adds: vendors see nothing of it, a bound key sees its own
// locations only.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "host/domain/transaction.hpp"
#include "host/storage/session.hpp"

namespace wharf::domain {

// Demand, stock and the supply of others are no vendor's business.
inline void refuse_vendors(const Transaction& transaction) {
    if (!transaction.actor().vendor) return;
    throw Refusal::forbidden("not_for_vendors", "a vendor's key sees its own purchase orders only");
}

// ` AND <column> IN (...)` for an actor that is bound to locations; empty for others.
class PlaceParameters {
public:
    PlaceParameters(std::string_view column, const Actor& actor) {
        for (const auto& location : actor.locations) {
            const auto& name = names_.emplace_back("place" + std::to_string(names_.size()));
            condition_ += condition_.empty() ? " AND " + std::string(column) + " IN (:" : ", :";
            condition_ += name;
            parameters_.emplace_back(name, location);
        }
        if (!condition_.empty()) condition_ += ')';
    }
    PlaceParameters(const PlaceParameters&) = delete;
    PlaceParameters& operator=(const PlaceParameters&) = delete;

    [[nodiscard]] const std::string& condition() const { return condition_; }
    // Views into this object.
    [[nodiscard]] std::vector<storage::Parameter> parameters() const { return parameters_; }

private:
    std::deque<std::string> names_;
    std::string condition_;
    std::vector<storage::Parameter> parameters_;
};

}  // namespace wharf::domain
