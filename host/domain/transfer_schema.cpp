#include "host/domain/transfer_schema.hpp"

namespace wharf::domain {
namespace {

using storage::Table;

using enum storage::ColumnType;

Table transfer() {
    return {"transfer",
            {{"number"},
             {"reference", text, true},
             {"source"},
             {"destination"},
             {"status"},
             {"made_by"},
             {"expected_on", integer, true},
             {"note", text, true},
             {"reason", text, true},
             {"created_by"},
             {"created_at", integer},
             {"approved_by", text, true},
             {"dispatched_by", text, true},
             {"dispatched_at", integer, true},
             {"completed_at", integer, true},
             {"explanation", text, true},
             {"version", integer}},
            {"number"},
            {{"transfer_by_status", {"status", "number"}}}};
}

// The quantity and what the line holds are the order line's. `location` is the destination, so that
// supply is found by product and location.
Table transfer_line() {
    return {"transfer_line",
            {{"transfer"},
             {"line", integer},
             {"location"},
             {"sku"},
             {"lot", text, true},
             {"serials"},
             {"dispatched", integer},
             {"received", integer},
             {"damaged", integer},
             {"returned", integer},
             {"lost", integer},
             {"in_transit", integer},
             {"difference", integer},
             {"owed", integer},
             {"value", integer}},
            {"transfer", "line"},
            {{"transfer_line_supply", {"location", "sku", "owed"}}}};
}

// What is still in transit of each part that left (shipped_part), with its value.
Table transit_part() {
    return {"transit_part",
            {{"transfer"},
             {"line", integer},
             {"part", integer},
             {"sku"},
             {"lot"},
             {"serial"},
             {"quantity", integer},
             {"value", integer}},
            {"transfer", "line", "part"},
            {{"transit_part_by_product", {"sku", "lot"}}}};
}

Table transfer_difference() {
    return {"transfer_difference",
            {{"transfer"},
             {"difference", integer},
             {"line", integer},
             {"sku"},
             {"quantity", integer},
             {"open", integer},
             {"owner"},
             {"due_on", integer},
             {"reported_by"},
             {"reported_at", integer},
             {"resolutions"}},
            {"transfer", "difference"},
            {{"transfer_difference_open", {"open"}}}};
}

Table transfer_excess() {
    return {"transfer_excess",
            {{"transfer"},
             {"excess", integer},
             {"sku"},
             {"quantity", integer},
             {"lot", text, true},
             {"serials"},
             {"unit_cost", integer, true},
             {"status"},
             {"reported_by"},
             {"reported_at", integer},
             {"decided_by", text, true},
             {"reason", text, true}},
            {"transfer", "excess"}};
}

}  // namespace

std::vector<Table> held_serial_tables() {
    return {{"serial_hold",
             {{"serial"}, {"order_number"}, {"line", integer}},
             {"serial"},
             {{"serial_hold_order", {"order_number", "line"}}}}};
}

std::vector<Table> transfer_tables() {
    return {transfer(), transfer_line(), transit_part(), transfer_difference(), transfer_excess()};
}

}  // namespace wharf::domain
