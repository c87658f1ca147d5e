// Rows by rule: even, by weights, or by what each place needs.
#pragma once

#include <wharf/plugin.hpp>

#include <vector>

#include "model.hpp"
#include "order_view.hpp"
#include "sheet.hpp"

namespace split_delivery {

struct RuledRows {
    std::vector<SheetRow> rows;
    std::vector<Shared> explanation;
};

// What is fixed on the legs stays there; the rest of each product is shared out over the places by
// largest remainder. Refuses (invalid) places that the rule cannot do with.
RuledRows rows_by_rule(wharf::Context& context, const OrderView& view, Rule rule,
                       const std::optional<std::vector<Place>>& places);

}  // namespace split_delivery
