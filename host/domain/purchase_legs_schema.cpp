#include "host/domain/purchase_legs_schema.hpp"

namespace wharf::domain {

std::vector<storage::Table> purchase_legs_tables() {
    using enum storage::ColumnType;
    return {
        {"split_order", {{"number"}, {"approval"}}, {"number"}},
        // What the parent ordered; its legs' quantities add up to it.
        {"split_order_line",
         {{"number"},
          {"line", integer},
          {"sku"},
          {"quantity", integer},
          {"unit_price", integer},
          {"tax_rate", integer},
          {"quantity_set_by"},
          {"explanation", text, true}},
         {"number", "line"}},
        // `destination` is where the goods of a leg through a hub count.
        {"split_leg",
         {{"number"}, {"parent"}, {"leg", integer}, {"destination", text, true}},
         {"number"},
         {{"split_leg_parent", {"parent", "leg"}}}},
        {"split_leg_line",
         {{"number"}, {"line", integer}, {"parent_line", integer}},
         {"number", "line"}},
        // Lines of receipts at a hub; `waiting` is accepted there and not sent on.
        {"receipt_onward",
         {{"receipt"}, {"line", integer}, {"hub"}, {"destination"}, {"sku"}, {"waiting", integer}},
         {"receipt", "line"},
         {{"receipt_onward_destination", {"destination", "sku"}},
          {"receipt_onward_hub", {"hub", "sku"}}}},
    };
}

}  // namespace wharf::domain
