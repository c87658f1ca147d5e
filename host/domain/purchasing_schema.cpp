#include "host/domain/purchasing_schema.hpp"

namespace wharf::domain {
namespace {

using storage::Table;

using enum storage::ColumnType;

// `id` counts up in the order of making: lists page by it, because numbers are text and PO-1000000
// sorts before PO-999999.
Table purchase_order() {
    return {"purchase_order",
            {{"number"},
             {"id", integer},
             {"reference", text, true},
             {"vendor"},
             {"ship_to"},
             {"currency"},
             {"status"},
             {"closed", integer},
             {"expected_on", integer, true},
             {"source"},
             {"parent", text, true},
             {"amount", integer},
             {"pending_by", text, true},
             {"pending_at", integer, true},
             {"pending_changes", text, true},
             {"created_by"},
             {"changed_by"},  // who last changed what it is worth: may not approve it either
             {"submitted_by", text, true},
             {"approved_by", text, true},
             {"note", text, true},
             {"reason", text, true},
             {"explanation", text, true},
             {"version", integer},
             {"created_at", integer}},
            {"number"},
            {{"purchase_order_id", {"id"}, true},
             {"purchase_order_parent", {"parent"}},
             {"purchase_order_status", {"status", "vendor", "ship_to", "id"}}}};
}

Table purchase_order_line() {
    return {"purchase_order_line",
            {{"purchase_order"},
             {"line", integer},
             {"sku"},
             {"location"},  // the order's ship_to, so that supply is found by product and location
             {"quantity", integer},
             {"unit", text, true},
             {"unit_quantity", integer, true},
             {"unit_price", integer},
             {"price_by_rule", integer},  // from the vendor item, not typed
             {"tax_rate", integer},
             {"amount", integer},
             {"received", integer},
             {"rejected", integer},
             {"excess", integer},
             {"cancelled", integer},
             {"outstanding", integer},
             {"dispatched", integer},
             {"returned_for_replacement", integer},
             {"quantity_set_by"},
             {"explanation", text, true}},
            {"purchase_order", "line"},
            {{"purchase_order_line_supply", {"location", "sku", "outstanding"}}}};
}

// Serials that belong to an order line before they arrive: announced (mode 1) or made (mode 3).
Table purchase_order_serial() {
    return {"purchase_order_serial",
            {{"purchase_order"}, {"line", integer}, {"position", integer}, {"serial"}},
            {"purchase_order", "line", "position"},
            {{"purchase_order_serial_code", {"serial"}}}};
}

Table receipt() {
    return {"receipt",
            {{"number"},
             {"id", integer},
             {"reference", text, true},
             {"status"},
             {"purchase_order", text, true},
             {"vendor", text, true},
             {"location"},
             {"invoice_number", text, true},
             {"invoice_date", integer, true},
             {"source"},
             {"reason", text, true},
             {"warnings", text, true},
             {"version", integer},
             {"created_by"},
             {"created_at", integer},
             {"posted_at", integer, true}},
            {"number"},
            {{"receipt_id", {"id"}, true}, {"receipt_purchase_order", {"purchase_order", "id"}}}};
}

// `waiting` is what still stands in quality check, or waits for putaway: the line as supply.
Table receipt_line() {
    return {"receipt_line",
            {{"receipt"},
             {"line", integer},
             {"purchase_order_line", integer, true},
             {"sku"},
             {"location"},
             {"quantity", integer},
             {"rejected", integer},
             {"replace_rejected", integer},
             {"cancelled", integer},  // of the order line, by rejecting without replacement
             {"excess", integer},
             {"inspected", integer},
             {"waiting", integer},
             {"lot", text, true},
             {"manufactured_on", integer, true},
             {"expires_on", integer, true},
             {"mrp", integer, true},
             {"unit_cost", integer},
             {"bin"},
             {"condition"}},
            {"receipt", "line"},
            {{"receipt_line_supply", {"location", "sku", "waiting"}}}};
}

// `placed` says what became of the serial: SerialFate of receipt_store.hpp.
Table receipt_serial() {
    return {"receipt_serial",
            {{"receipt"}, {"line", integer}, {"position", integer}, {"serial"}, {"placed"}},
            {"receipt", "line", "position"}};
}

// Mode 5: codes that were printed; `receipt` says where one was bound, once.
Table serial_pool() {
    return {"serial_pool",
            {{"serial"}, {"issued_at", integer}, {"sku", text, true}, {"receipt", text, true}},
            {"serial"}};
}

// The id counts up, so it is also the order in which pegs were made.
Table peg() {
    return {"peg",
            {{"id", integer},
             {"sales_order"},
             {"order_line", integer},
             {"sku"},
             {"location"},
             {"supply_kind"},
             {"supply_number"},
             {"supply_line", integer},
             {"quantity", integer}},
            {"id"},
            {{"peg_demand", {"sales_order", "order_line", "quantity"}},
             {"peg_supply", {"supply_number", "supply_line", "supply_kind", "quantity"}},
             {"peg_product", {"location", "sku", "supply_kind", "quantity"}}}};
}

// Pegs that went because their supply did. `at` and the document find what one change set free.
Table released_peg() {
    return {"released_peg",
            {{"id", integer},
             {"at", integer},
             {"sales_order"},
             {"order_line", integer},
             {"sku"},
             {"location"},
             {"supply_kind"},
             {"supply_number"},
             {"supply_line", integer},
             {"quantity", integer},
             {"by_plugin"}},
            {"id"},
            {{"released_peg_supply", {"supply_number", "id"}}}};
}

storage::Migration first_migration() {
    storage::Migration migration{200, "purchase orders, receipts and pegs"};
    migration.create_tables = {
        purchase_order(), purchase_order_line(), purchase_order_serial(), receipt(),
        receipt_line(),   receipt_serial(),      serial_pool(),           peg(),
        released_peg()};
    // Planning sums what waits by product and location from this index alone.
    migration.add_indexes = {
        {"waiting_line",
         {"waiting_line_by_product", {"location", "sku", "waiting", "promised_for"}}}};
    return migration;
}

// Orders made before it have none of these: they are taxed when they are next saved.
storage::Migration tax_migration() {
    storage::Migration migration{210, "tax and charges of purchase orders"};
    migration.add_columns = {{"purchase_order", {"charges", text, true}},
                             {"purchase_order", {"tax", text, true}},
                             {"purchase_order", {"round_off", integer, true}},
                             {"purchase_order", {"total", integer, true}},
                             {"purchase_order_line", {"charges", integer, true}},
                             {"purchase_order_line", {"tax", text, true}}};
    return migration;
}

// `docked` is the part of `waiting` that waits for putaway, for its pegs.
storage::Migration receipt_line_migration() {
    storage::Migration migration{220, "packs of receipt lines, and what waits for putaway"};
    migration.add_columns = {{"receipt_line", {"unit", text, true}},
                             {"receipt_line", {"unit_quantity", integer, true}},
                             {"receipt_line", {"docked", integer, true}}};
    return migration;
}

}  // namespace

const storage::Schema& purchasing_schema() {
    static const storage::Schema schema = {first_migration(), tax_migration(),
                                           receipt_line_migration()};
    return schema;
}

}  // namespace wharf::domain
