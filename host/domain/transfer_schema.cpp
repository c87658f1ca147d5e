#include "host/domain/transfer_schema.hpp"

namespace wharf::domain {
namespace {

using storage::ColumnType;
using storage::Table;

constexpr auto kInteger = ColumnType::integer;
constexpr auto kText = ColumnType::text;

Table transfer() {
    return {"transfer",
            {{"number"},
             {"reference", kText, true},
             {"source"},
             {"destination"},
             {"status"},
             {"made_by"},
             {"expected_on", kInteger, true},
             {"note", kText, true},
             {"reason", kText, true},
             {"created_by"},
             {"created_at", kInteger},
             {"approved_by", kText, true},
             {"dispatched_by", kText, true},
             {"dispatched_at", kInteger, true},
             {"completed_at", kInteger, true},
             {"explanation", kText, true},
             {"version", kInteger}},
            {"number"},
            {{"transfer_by_status", {"status", "number"}}}};
}

// The quantity and what the line holds are the order line's. `location` is the destination, so that
// supply is found by product and location.
Table transfer_line() {
    return {"transfer_line",
            {{"transfer"},
             {"line", kInteger},
             {"location"},
             {"sku"},
             {"lot", kText, true},
             {"serials"},
             {"dispatched", kInteger},
             {"received", kInteger},
             {"damaged", kInteger},
             {"returned", kInteger},
             {"lost", kInteger},
             {"in_transit", kInteger},
             {"difference", kInteger},
             {"owed", kInteger},
             {"value", kInteger}},
            {"transfer", "line"},
            {{"transfer_line_supply", {"location", "sku", "owed"}}}};
}

// What is still in transit of each part that left (shipped_part), with its value.
Table transit_part() {
    return {"transit_part",
            {{"transfer"},
             {"line", kInteger},
             {"part", kInteger},
             {"sku"},
             {"lot"},
             {"serial"},
             {"quantity", kInteger},
             {"value", kInteger}},
            {"transfer", "line", "part"},
            {{"transit_part_by_product", {"sku", "lot"}}}};
}

Table transfer_difference() {
    return {"transfer_difference",
            {{"transfer"},
             {"difference", kInteger},
             {"line", kInteger},
             {"sku"},
             {"quantity", kInteger},
             {"open", kInteger},
             {"owner"},
             {"due_on", kInteger},
             {"reported_by"},
             {"reported_at", kInteger},
             {"resolutions"}},
            {"transfer", "difference"},
            {{"transfer_difference_open", {"open"}}}};
}

Table transfer_excess() {
    return {"transfer_excess",
            {{"transfer"},
             {"excess", kInteger},
             {"sku"},
             {"quantity", kInteger},
             {"lot", kText, true},
             {"serials"},
             {"unit_cost", kInteger, true},
             {"status"},
             {"reported_by"},
             {"reported_at", kInteger},
             {"decided_by", kText, true},
             {"reason", kText, true}},
            {"transfer", "excess"}};
}

}  // namespace

std::vector<Table> transfer_tables() {
    return {transfer(), transfer_line(), transit_part(), transfer_difference(), transfer_excess()};
}

}  // namespace wharf::domain
