#include "host/domain/purchasing_schema.hpp"

namespace wharf::domain {
namespace {

using storage::ColumnType;
using storage::Table;

constexpr auto kInteger = ColumnType::integer;
constexpr auto kText = ColumnType::text;

// `id` counts up in the order of making: lists page by it, because numbers are text and PO-1000000
// sorts before PO-999999.
Table purchase_order() {
    return {"purchase_order",
            {{"number"},
             {"id", kInteger},
             {"reference", kText, true},
             {"vendor"},
             {"ship_to"},
             {"currency"},
             {"status"},
             {"closed", kInteger},
             {"expected_on", kInteger, true},
             {"source"},
             {"parent", kText, true},
             {"amount", kInteger},
             {"pending_by", kText, true},
             {"pending_at", kInteger, true},
             {"pending_changes", kText, true},
             {"created_by"},
             {"changed_by"},  // who last changed what it is worth: may not approve it either
             {"submitted_by", kText, true},
             {"approved_by", kText, true},
             {"note", kText, true},
             {"reason", kText, true},
             {"explanation", kText, true},
             {"version", kInteger},
             {"created_at", kInteger}},
            {"number"},
            {{"purchase_order_id", {"id"}, true},
             {"purchase_order_parent", {"parent"}},
             {"purchase_order_status", {"status", "vendor", "ship_to", "id"}}}};
}

Table purchase_order_line() {
    return {"purchase_order_line",
            {{"purchase_order"},
             {"line", kInteger},
             {"sku"},
             {"location"},  // the order's ship_to, so that supply is found by product and location
             {"quantity", kInteger},
             {"unit", kText, true},
             {"unit_quantity", kInteger, true},
             {"unit_price", kInteger},
             {"price_by_rule", kInteger},  // from the vendor item, not typed
             {"tax_rate", kInteger},
             {"amount", kInteger},
             {"received", kInteger},
             {"rejected", kInteger},
             {"excess", kInteger},
             {"cancelled", kInteger},
             {"outstanding", kInteger},
             {"dispatched", kInteger},
             {"returned_for_replacement", kInteger},
             {"quantity_set_by"},
             {"explanation", kText, true}},
            {"purchase_order", "line"},
            {{"purchase_order_line_supply", {"location", "sku", "outstanding"}}}};
}

// Serials that belong to an order line before they arrive: announced (mode 1) or made (mode 3).
Table purchase_order_serial() {
    return {"purchase_order_serial",
            {{"purchase_order"}, {"line", kInteger}, {"position", kInteger}, {"serial"}},
            {"purchase_order", "line", "position"},
            {{"purchase_order_serial_code", {"serial"}}}};
}

Table receipt() {
    return {"receipt",
            {{"number"},
             {"id", kInteger},
             {"reference", kText, true},
             {"status"},
             {"purchase_order", kText, true},
             {"vendor", kText, true},
             {"location"},
             {"invoice_number", kText, true},
             {"invoice_date", kInteger, true},
             {"source"},
             {"reason", kText, true},
             {"warnings", kText, true},
             {"version", kInteger},
             {"created_by"},
             {"created_at", kInteger},
             {"posted_at", kInteger, true}},
            {"number"},
            {{"receipt_id", {"id"}, true}, {"receipt_purchase_order", {"purchase_order", "id"}}}};
}

// `waiting` is what still stands in quality check: the line as supply.
Table receipt_line() {
    return {"receipt_line",
            {{"receipt"},
             {"line", kInteger},
             {"purchase_order_line", kInteger, true},
             {"sku"},
             {"location"},
             {"quantity", kInteger},
             {"rejected", kInteger},
             {"replace_rejected", kInteger},
             {"cancelled", kInteger},  // of the order line, by rejecting without replacement
             {"excess", kInteger},
             {"inspected", kInteger},
             {"waiting", kInteger},
             {"lot", kText, true},
             {"manufactured_on", kInteger, true},
             {"expires_on", kInteger, true},
             {"mrp", kInteger, true},
             {"unit_cost", kInteger},
             {"bin"},
             {"condition"}},
            {"receipt", "line"},
            {{"receipt_line_supply", {"location", "sku", "waiting"}}}};
}

// `placed` says what became of the serial: SerialFate of receipt_store.hpp.
Table receipt_serial() {
    return {"receipt_serial",
            {{"receipt"}, {"line", kInteger}, {"position", kInteger}, {"serial"}, {"placed"}},
            {"receipt", "line", "position"}};
}

// Mode 5: codes that were printed; `receipt` says where one was bound, once.
Table serial_pool() {
    return {"serial_pool",
            {{"serial"}, {"issued_at", kInteger}, {"sku", kText, true}, {"receipt", kText, true}},
            {"serial"}};
}

// The id counts up, so it is also the order in which pegs were made.
Table peg() {
    return {"peg",
            {{"id", kInteger},
             {"sales_order"},
             {"order_line", kInteger},
             {"sku"},
             {"location"},
             {"supply_kind"},
             {"supply_number"},
             {"supply_line", kInteger},
             {"quantity", kInteger}},
            {"id"},
            {{"peg_demand", {"sales_order", "order_line", "quantity"}},
             {"peg_supply", {"supply_number", "supply_line", "supply_kind", "quantity"}},
             {"peg_product", {"location", "sku", "supply_kind", "quantity"}}}};
}

// Pegs that went because their supply did. `at` and the document find what one change set free.
Table released_peg() {
    return {"released_peg",
            {{"id", kInteger},
             {"at", kInteger},
             {"sales_order"},
             {"order_line", kInteger},
             {"sku"},
             {"location"},
             {"supply_kind"},
             {"supply_number"},
             {"supply_line", kInteger},
             {"quantity", kInteger},
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
    migration.add_columns = {{"purchase_order", {"charges", kText, true}},
                             {"purchase_order", {"tax", kText, true}},
                             {"purchase_order", {"round_off", kInteger, true}},
                             {"purchase_order", {"total", kInteger, true}},
                             {"purchase_order_line", {"charges", kInteger, true}},
                             {"purchase_order_line", {"tax", kText, true}}};
    return migration;
}

}  // namespace

const storage::Schema& purchasing_schema() {
    static const storage::Schema schema = {first_migration(), tax_migration()};
    return schema;
}

}  // namespace wharf::domain
