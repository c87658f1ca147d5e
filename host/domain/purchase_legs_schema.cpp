#include "host/domain/purchase_legs_schema.hpp"

namespace wharf::domain {

using storage::ColumnType;

std::vector<storage::Table> purchase_legs_tables() {
    constexpr auto kInteger = ColumnType::integer;
    constexpr auto kText = ColumnType::text;
    return {
        {"split_order", {{"number"}, {"approval"}}, {"number"}},
        // What the parent ordered; its legs' quantities add up to it.
        {"split_order_line",
         {{"number"},
          {"line", kInteger},
          {"sku"},
          {"quantity", kInteger},
          {"unit_price", kInteger},
          {"tax_rate", kInteger},
          {"quantity_set_by"},
          {"explanation", kText, true}},
         {"number", "line"}},
        // `destination` is where the goods of a leg through a hub count.
        {"split_leg",
         {{"number"}, {"parent"}, {"leg", kInteger}, {"destination", kText, true}},
         {"number"},
         {{"split_leg_parent", {"parent", "leg"}}}},
        {"split_leg_line",
         {{"number"}, {"line", kInteger}, {"parent_line", kInteger}},
         {"number", "line"}},
        // Lines of receipts at a hub; `waiting` is accepted there and not sent on.
        {"receipt_onward",
         {{"receipt"},
          {"line", kInteger},
          {"hub"},
          {"destination"},
          {"sku"},
          {"waiting", kInteger}},
         {"receipt", "line"},
         {{"receipt_onward_destination", {"destination", "sku"}},
          {"receipt_onward_hub", {"hub", "sku"}}}},
    };
}

}  // namespace wharf::domain
